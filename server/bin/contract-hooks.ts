import type { Answered, Asking, Fetch } from '../core/ports.ts';
import type { Webhook, WebhookEvent } from '../plugins/hooks/webhook.ts';
import { webhooks } from '../plugins/hooks/webhooks.ts';
import { memoryStore } from '../stores/memory.ts';
import { Stage, type StageOptions } from './contract-stage.ts';

/** 32 bytes, as a site has them. */
export const secret: string = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** One delivery as an endpoint sees it. */
export interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly event: WebhookEvent;
  readonly asking: Asking;
}

export type Reply = { readonly status: number; readonly headers?: Record<string, string> } | 'cut' | 'hangs';

/** A site's back end that answers as it is told to; 204 at first. */
export class Endpoint {
  readonly got: Request[] = [];
  reply: (request: Request) => Reply = () => ({ status: 204 });
  readonly fetch: Fetch = async (url, asking) => {
    const body = asking.body ?? '';
    const request = { url, headers: asking.headers ?? {}, body, event: JSON.parse(body) as WebhookEvent, asking };
    this.got.push(request);
    const reply = this.reply(request);
    if (reply === 'cut') throw new Error('the connection was cut');
    if (reply === 'hangs') return new Promise((_, reject) => asking.signal.onAbort(() => reject(new Error('ended'))));
    return answered(reply);
  };

  /** What was said in the messages that came, in their order. */
  get texts(): string[] {
    return this.got.map(({ event }) => (event.body as { text: string }).text);
  }
}

function answered({ status, headers = {} }: Exclude<Reply, string>): Answered {
  return { status, ok: status < 300, headers, text: '', json: () => ({}) };
}

/** A webhook as a site declares it, with what the test is about instead. */
export function aHook(change: Partial<Webhook> = {}): Webhook {
  return { name: 'shop', url: 'https://shop.example/hook', events: ['message.sent'], secret, ...change };
}

/** A friend that tells these webhooks, and their endpoint. */
export async function telling(
  hooks: readonly Webhook[] = [aHook()],
  { endpoint = new Endpoint(), ...options }: StageOptions & { endpoint?: Endpoint } = {},
): Promise<{ stage: Stage; endpoint: Endpoint }> {
  const stage = await Stage.open({
    store: memoryStore(),
    fetch: endpoint.fetch,
    prepare: (friend) => friend.plug(webhooks(hooks)),
    ...options,
  });
  return { stage, endpoint };
}

/** Waits until it is so, without any time of the stage. @throws Error where it does not come to that */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('It did not come to that.');
}

/** Lets everything happen that waits for no more time: until nothing has happened for a while. */
export async function still(stage: Stage): Promise<void> {
  const looks = (): string => {
    const { meter, status } = stage.friend;
    const counts = (['stored', 'webhooks_sent', 'webhooks_failed', 'webhooks_dead'] as const).map((one) =>
      meter.of(one),
    );
    return JSON.stringify([counts, status.store, stage.clock.due()]);
  };
  let before = '';
  for (let quiet = 0; quiet < 15; quiet = looks() === before ? quiet + 1 : 0) {
    before = looks();
    // What is signed waits for the same threads, and was there first.
    await crypto.subtle.digest('SHA-256', new Uint8Array(65_536));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Lets time pass, and what comes of it. */
export async function passes(stage: Stage, ms: number): Promise<void> {
  await still(stage);
  stage.clock.advance(ms);
  await still(stage);
}

/** What `webhook.…` answers the site. */
export async function asked(stage: Stage, type: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const id = `00000000-0000-4000-8000-${String(count++).padStart(12, '0')}`;
  const answer = await stage.friend.inject('u_site', { id, type, at: 0, body });
  return { type: answer.type, ...answer.body };
}

let count = 0;
