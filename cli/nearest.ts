import { distance } from '../widget/embed/odd-options.ts';

/** The one of `names` that `wrong` may have been meant to be; undefined where none is near. */
export function nearest<Name extends string>(wrong: string, names: readonly Name[]): Name | undefined {
  const [best] = names
    .map((name) => ({ name, apart: distance(wrong, name) }))
    .sort((one, other) => one.apart - other.apart);
  return best && best.apart <= Math.max(2, Math.ceil(best.name.length / 3)) ? best.name : undefined;
}
