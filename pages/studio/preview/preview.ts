import { type Staged, wordsFor } from '../../../widget/embed/staged.ts';
import { drawn } from '../../gallery/drawn.ts';
import { states } from '../../gallery/states.ts';
import { dress, type Shown, whenShown } from './shown.ts';

// One state of the widget in a frame of the studio, without any friend: it follows what the studio says.
let staged: Staged | undefined;
let last: Shown | undefined;

whenShown((shown) => {
  const isOther = last?.state !== shown.state || last.direction !== shown.direction;
  last = shown;
  if (isOther) void draw(shown);
  else if (staged) dress(staged.host, staged.root, shown);
});

async function draw({ state: name, direction }: Shown): Promise<void> {
  const state = states.find((one) => one.name === name);
  const locale = direction === 'rtl' ? 'ar' : 'en-GB';
  const words = await wordsFor(locale);
  if (state === undefined || last?.state !== name || last.direction !== direction) return;
  staged?.destroy();
  document.documentElement.dir = direction;
  await drawn(state, document.body, { locale, words, direction }, (begun) => {
    staged = begun;
    if (last) dress(begun.host, begun.root, last);
  });
  // What was loaded on the way has brought sheets of its own.
  if (staged && last) dress(staged.host, staged.root, last);
  document.documentElement.dataset.shown = name;
}
