import { looks, type Problem } from '../widget/theme/theme.ts';
import { tokenNames, tokens } from '../widget/theme/tokens.ts';
import { pointerTo } from './json-file.ts';
import { isMembers, type Members } from './located.ts';
import { nearest } from './nearest.ts';

/** The types of the Format Module 2025.10, §8 and §9. */
const types = [
  ...['color', 'dimension', 'fontFamily', 'fontWeight', 'duration', 'cubicBezier', 'number'],
  ...['strokeStyle', 'border', 'transition', 'shadow', 'gradient', 'typography'],
];

/** What in a file of tokens does no harm to a reader, and is yet a mistake: a group that is none, a type that is nearly one. */
export function mistakesIn(file: Members): readonly Problem[] {
  const { befriend } = file;
  const groups = Object.entries(isMembers(befriend) ? befriend : {}).filter(([name]) => !name.startsWith('$'));
  const noGroups = groups.flatMap(([name, held]): Problem[] => {
    const reason = 'A group holds tokens by their names; this is none.';
    return isMembers(held) ? [] : [{ token: `befriend.${name}`, reason, pointer: pointerTo('befriend', name) }];
  });
  return [...noGroups, ...oddTypes(file, [])];
}

function oddTypes(node: Members, path: readonly string[]): readonly Problem[] {
  const { $type } = node;
  const near = typeof $type !== 'string' || types.includes($type) ? undefined : nearest($type, types);
  const odd: Problem[] =
    near === undefined
      ? []
      : [
          {
            token: path.join('.'),
            reason: `${$type} is no type. Is ${near} meant?`,
            pointer: pointerTo(...path, '$type'),
          },
        ];
  const inner = Object.entries(node).flatMap(([name, one]) =>
    !name.startsWith('$') && isMembers(one) && !Object.hasOwn(node, '$value') ? oddTypes(one, [...path, name]) : [],
  );
  return [...odd, ...inner];
}

/** Which token, group or look may be meant by one that does not exist; undefined where it does, or none is near. */
export function meantBy(token: string): string | undefined {
  const [, group, name] = /^befriend[.]([^.]+)(?:[.](.+))?$/.exec(token) ?? [];
  if (group === undefined) return undefined;
  const groups = Object.keys(tokens);
  const chosen = ['scheme', ...Object.keys(looks)];
  const known = name === undefined ? [...groups, ...chosen] : tokenNames.map((one) => one.replace('-', '.'));
  const said = name === undefined ? group : `${group}.${name}`;
  const near = known.includes(said) ? undefined : nearest(said, known);
  return near === undefined || chosen.includes(near) ? near : `befriend.${near}`;
}
