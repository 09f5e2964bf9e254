import { loadApp } from 'virtual:app';
import type { LogoutOptions } from '../core/logout.ts';
import { Instance, type Who } from './instance.ts';
import { readSettings } from './settings.ts';

type Call = readonly [verb: string, ...args: never[]];

interface Api {
  (verb: string, ...args: unknown[]): unknown;
  /** Calls from before the script came. */
  q?: Call[];
  /** Every widget on this page; verbs go to the first. */
  all?: Instance[];
}

declare global {
  interface Window {
    befriend?: Api;
  }
}

/** Everything that `befriend(verb, …)` can do, and nothing else. */
const verbs: Record<string, (instance: Instance, ...args: never[]) => unknown> = {
  open: (instance) => instance.open(),
  close: (instance) => instance.close(),
  send: (instance, { text }: { text: string }) => instance.send(text),
  identify: (instance, who: Who) => instance.identify(who),
  logout: (instance, how?: LogoutOptions) => instance.logout(how),
  emit: (instance, type: string, body: unknown = {}) => instance.emit(type, body),
  on: (instance, type: string, listener: (fact: unknown) => void) => instance.on(type, listener),
  destroy: (instance) => {
    instances.splice(instances.indexOf(instance), 1);
    instance.destroy();
  },
};

// Read while the script runs: afterwards nobody knows which tag it came from.
const tag = document.currentScript as HTMLScriptElement | null;
const before = window.befriend;
const instances: Instance[] = before?.all ?? [];

const api: Api = (verb, ...args) => {
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (!run) throw new Error(`befriend("${verb}") does not exist. Try: ${Object.keys(verbs).join(', ')}`);
  const [first] = instances;
  return first && run(first, ...(args as never[]));
};

/** Adds the widget of one tag; the same tag twice is one widget. */
function add(script: HTMLScriptElement): void {
  const settings = readSettings(script.dataset, document.documentElement.lang || navigator.language, script.src);
  const same = instances.some((other) => JSON.stringify(other.settings) === JSON.stringify(settings));
  if (!same) instances.push(new Instance(settings, () => loadApp(script.src)));
}

/** A mistake in one early call costs none of the others. */
function replay([verb, ...args]: Call): void {
  try {
    api(verb, ...args);
  } catch (error) {
    console.error(error);
  }
}

function begin(): void {
  if (tag) add(tag);
  if (before?.all) return;
  api.all = instances;
  window.befriend = api;
  for (const call of before?.q ?? []) replay(call);
}

if (document.body) begin();
else document.addEventListener('DOMContentLoaded', begin, { once: true });
