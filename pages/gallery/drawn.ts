import { type Staged, type StagedOptions, stagedWidget } from '../../widget/embed/staged.ts';
import { now, type State } from './scene.ts';

/** A state on its stage, and what of it never came. */
export interface Drawn {
  readonly staged: Staged;
  /** Selectors of what should be there and is not. */
  readonly missing: readonly string[];
}

/** Puts one state into `place`, and does what belongs to it; resolves when it is there. `begin` sees it before that. */
export async function drawn(
  { view, until, does, after }: State,
  place: Element,
  options: Pick<StagedOptions, 'locale' | 'words' | 'direction'>,
  begin: (staged: Staged) => void,
): Promise<Drawn> {
  const features = ['people', 'groups', 'presence', 'profile', 'files', 'reactions', 'search'] as const;
  const staged = stagedWidget(place, { ...options, now: () => now, features: new Set(features) });
  begin(staged);
  staged.show(view);
  const missing = [await absent(staged.root, until)];
  await does?.(staged.root);
  missing.push(await absent(staged.root, after));
  await frame();
  await frame();
  return { staged, missing: missing.filter((selector) => selector !== undefined) };
}

/** Waits for what a state shows; resolves with what never came. */
async function absent(root: ShadowRoot, selector: string | undefined): Promise<string | undefined> {
  const until = performance.now() + 4_000;
  while (selector !== undefined && !root.querySelector(selector)) {
    if (performance.now() > until) return selector;
    await frame();
  }
  return undefined;
}

function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
