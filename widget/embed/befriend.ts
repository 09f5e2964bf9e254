import { loadFrom } from 'virtual:app';
import { Instance } from './instance.ts';
import { tagOf } from './tag.ts';
import { verbs } from './verbs.ts';

type Call = readonly [verb: string, ...args: unknown[]];

interface Api {
  (...call: Call): unknown;
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

// Read while the script runs: afterwards nobody knows which tag it came from.
const tag = document.currentScript as HTMLScriptElement | null;
const before = window.befriend;
const instances: Instance[] = before?.all ?? [];

const api: Api = (verb, ...args) => {
  if (!verbs.includes(verb)) throw new Error(`befriend("${verb}") does not exist. Try: ${verbs.join(', ')}`);
  const [first] = instances;
  if (verb === 'destroy') instances.shift();
  return first?.call(verb, ...args);
};

/** Adds the widget of one tag; the same tag twice is one widget. */
function add(script: HTMLScriptElement): void {
  const one = tagOf(script.dataset, script.src);
  const same = instances.some((other) => JSON.stringify(other.tag) === JSON.stringify(one));
  if (!same) instances.push(new Instance(one, loadFrom(script.src)));
}

function begin(): void {
  if (tag) add(tag);
  if (before?.all) return;
  api.all = instances;
  window.befriend = api;
  for (const call of before?.q ?? []) {
    try {
      api(...call);
    } catch (error) {
      // A mistake in one early call costs none of the others.
      console.error(error);
    }
  }
}

if (document.body) begin();
else document.addEventListener('DOMContentLoaded', begin);
