import type { Feature } from '../ui/env.ts';

const all: readonly Feature[] = ['people', 'groups', 'presence', 'profile', 'files', 'reactions', 'search'];

/** The areas that `data-features` names; what it does not know is left out. */
export function featuresOf(names: string): ReadonlySet<Feature> {
  return new Set(all.filter((name) => names.split(/\s+/).includes(name)));
}

/** The address of a picture or a file: an https address as it is, the friend's own beside the folder of the widget's script. */
export function pictureAt(files: string, avatar = ''): string | undefined {
  if (/^https:/.test(avatar)) return avatar;
  return files && /^(avatar|files)\//.test(avatar) ? new URL(`../${avatar}`, files).href : undefined;
}
