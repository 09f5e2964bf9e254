import { type Staged, wordsFor } from '../../widget/embed/staged.ts';
import { drawn } from './drawn.ts';
import { pseudo } from './pseudo.ts';
import type { State } from './scene.ts';
import { wear } from './skins.ts';
import { states } from './states.ts';

// One state on a page of its own: `?locale=ar&scheme=dark&words=accented&skin=meadow#NAME`. Where it is ready, <html> is named for it.
const search = new URLSearchParams(location.search);
const locale = search.get('locale') ?? 'en-GB';
const asked = search.get('words');
const words = asked === 'accented' || asked === 'rtl' ? pseudo[asked] : await wordsFor(locale);
const scheme = search.get('scheme');
if (scheme) document.documentElement.style.colorScheme = scheme;
const skin = search.get('skin');
if (skin) await wear(skin);

let staged: Staged | undefined;

async function draw(state: State): Promise<void> {
  staged?.destroy();
  delete document.documentElement.dataset.shown;
  delete document.documentElement.dataset.missing;
  const { missing } = await drawn(state, document.body, { locale, words }, (begun) => {
    staged = begun;
    if (scheme) begun.host.dataset.theme = scheme;
  });
  if (missing.length > 0) document.documentElement.dataset.missing = missing.join(' ');
  document.documentElement.dataset.shown = state.name;
}

function redraw(): void {
  const name = decodeURIComponent(location.hash.slice(1));
  const state = states.find((one) => one.name === name);
  if (state) void draw(state);
}

window.addEventListener('hashchange', redraw);
document.documentElement.dataset.states = states.map(({ name }) => name).join(' ');
redraw();
