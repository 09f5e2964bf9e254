import type { AnyFact, Person } from '../../protocol/facts.ts';
import {
  type Act,
  type Conversation,
  emptyView,
  type Intents,
  type Item,
  type View,
  type Waiting,
} from '../core/view.ts';
import type { Feature } from './env.ts';
import { type MountedPanel, mountPanel, type PanelOptions } from './mount.tsx';

const now = new Date(2026, 10, 22, 12, 0).getTime();
/** Who looks. */
export const me: Person = { id: 'me', name: 'Guest', kind: 'visitor', verified: false };
/** Who answers. */
export const ann: Person = { id: 'ann', name: 'Ann Keller', kind: 'colleague', verified: true };

/** A panel in a shadow root of its own, and what it has asked for. */
export interface Stage {
  readonly root: ShadowRoot;
  readonly panel: MountedPanel;
  readonly acts: { readonly type: keyof Intents; readonly body: unknown }[];
  all(selector: string): HTMLElement[];
  one(selector: string): HTMLElement;
}

const stages: Stage[] = [];

/** Clears away every panel that a test has mounted. */
export function clearStages(): void {
  for (const { panel, root } of stages.splice(0)) {
    panel.destroy();
    root.host.remove();
  }
}

const every: readonly Feature[] = ['people', 'groups', 'presence', 'profile'];

/** What answers the questions of a panel. */
export type Asks = (type: string, body: unknown) => readonly AnyFact[];

/** Mounts a panel in bubble mode. */
export function stage(
  view?: View,
  locale = 'en',
  features = every,
  asks: Asks = () => [],
  more: Partial<PanelOptions> = {},
): Stage {
  const host = document.createElement('div');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const acts: Stage['acts'] = [];
  const act: Act = (type, body) => acts.push({ type, body });
  const panel = mountPanel(root, {
    act,
    ask: (type, body) => Promise.resolve(asks(type, body)),
    words: (_, english) => english,
    locale,
    mode: 'bubble',
    now: () => now,
    side: 'end',
    features: new Set(features),
    picture: (avatar) => avatar,
    ...more,
  });
  if (view) panel.update(view);
  const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
  const one = (selector: string) => {
    const [found] = all(selector);
    if (!found) throw new Error(`nothing matches ${selector}`);
    return found;
  };
  const made = { root, panel, acts, all, one };
  stages.push(made);
  return made;
}

/** A message a minute ago. */
export function message(seq: number, by: string, text = `text ${seq}`, re?: string): Item {
  return { kind: 'message', seq, at: now - 60_000 + seq, by, text, ...(re === undefined ? {} : { re }) };
}

/** A message of Ann with something beside its words. */
export function rich(seq: number, text: string, extras: unknown, by = 'ann'): Item {
  return { ...message(seq, by, text), extras } as Item;
}

/** One message of Ann for each seq. */
export function messages(from: number, to: number): Item[] {
  return Array.from({ length: to - from + 1 }, (_, index) => message(from + index, 'ann'));
}

/** An open panel that shows the conversation `support`, with what the test cares about. */
export function viewOf(conversation: Partial<Conversation>, more: Partial<View> = {}): View {
  const items = conversation.items ?? [];
  const last = items.at(-1)?.seq ?? 0;
  const whole: Conversation = {
    id: 'c_1',
    kind: 'support',
    last,
    read: last,
    unread: 0,
    at: now,
    member: true,
    people: [me, ann],
    from: items[0]?.seq ?? 0,
    to: last,
    more: false,
    ready: true,
    fetching: false,
    typing: [],
    got: {},
    ...conversation,
    items,
  };
  return {
    ...emptyView,
    open: true,
    link: { state: 'online', before: true },
    me,
    people: { me, ann },
    conversations: { c_1: whole },
    refs: { support: 'c_1' },
    screen: { at: 'conversation', ref: 'support' },
    support: { available: true },
    ...more,
  };
}

/** One message of the person’s own on its way. */
export function waiting(state: Waiting['state']): Waiting {
  return { id: 'a1', ref: 'support', text: 'on its way', at: now, state };
}

/** What is loaded when it is first drawn may take a while on a busy machine. */
export const soon = { timeout: 10_000 };

/** Until the next frame has been laid out. */
export function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** Until what moves has come to rest; it would be measured on its way. */
export async function rest(root: ShadowRoot): Promise<void> {
  const finite = root.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations === 1);
  await Promise.all(finite.map((one) => one.finished));
  await frame();
}

/** The bodies of all acts of one type. */
export function named(acts: Stage['acts'], type: keyof Intents): unknown[] {
  return acts.filter((one) => one.type === type).map(({ body }) => body);
}
