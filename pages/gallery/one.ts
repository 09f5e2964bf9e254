import { type Staged, stagedWidget, wordsFor } from '../../widget/embed/staged.ts';
import { pseudo } from './pseudo.ts';
import { now, type State } from './scene.ts';
import { states } from './states.ts';

// One state on a page of its own: `?locale=ar&scheme=dark&words=accented#NAME`. Where it is ready, <html> is named for it.
const search = new URLSearchParams(location.search);
const locale = search.get('locale') ?? 'en-GB';
const asked = search.get('words');
const words = asked === 'accented' || asked === 'rtl' ? pseudo[asked] : await wordsFor(locale);
const scheme = search.get('scheme');
if (scheme) document.documentElement.style.colorScheme = scheme;

let staged: Staged | undefined;

async function draw({ name, view, until, does, after }: State): Promise<void> {
  staged?.destroy();
  delete document.documentElement.dataset.shown;
  delete document.documentElement.dataset.missing;
  const features = ['people', 'groups', 'presence', 'profile', 'files', 'reactions', 'search'] as const;
  staged = stagedWidget(document.body, { locale, now: () => now, words, features: new Set(features) });
  const { host, root } = staged;
  if (scheme) host.dataset.theme = scheme;
  staged.show(view);
  await there(root, until);
  await does?.(root);
  await there(root, after);
  await frame();
  await frame();
  document.documentElement.dataset.shown = name;
}

/** Waits for what a state shows, and names what never came. */
async function there(root: ShadowRoot, selector: string | undefined): Promise<void> {
  const until = performance.now() + 4_000;
  while (selector !== undefined && !root.querySelector(selector)) {
    if (performance.now() > until) {
      document.documentElement.dataset.missing = selector;
      return;
    }
    await frame();
  }
}

function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function redraw(): void {
  const name = decodeURIComponent(location.hash.slice(1));
  const state = states.find((one) => one.name === name);
  if (state) void draw(state);
}

window.addEventListener('hashchange', redraw);
document.documentElement.dataset.states = states.map(({ name }) => name).join(' ');
redraw();
