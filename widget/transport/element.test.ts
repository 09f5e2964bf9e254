import fc from 'fast-check';
import { createElement as ltxElement, parse } from 'ltx';
import { expect, test } from 'vitest';
import createElement from './create-element.ts';

interface Tree {
  readonly name: string;
  readonly attrs: Record<string, string>;
  readonly children: (Tree | string)[];
}

const name = fc.constantFrom('message', 'json', 'stream:error', 'x');
const attrs = fc.dictionary(fc.constantFrom('id', 'to', 'xmlns', 'xmlns:stream'), fc.string({ minLength: 1 }));
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name,
    attrs,
    children: fc.array(fc.oneof({ maxDepth: 3 }, fc.string({ minLength: 1 }), tie('tree')), { maxLength: 3 }),
  }),
}));

type Build = (name: string, attrs: Record<string, string>, ...children: never[]) => unknown;

function built(of: Build, { name, attrs, children }: Tree): unknown {
  const inner = children.map((child) => (typeof child === 'string' ? child : built(of, child)));
  return of(name, { ...attrs }, ...(inner as never[]));
}

test('writes any tree as ltx writes it', () => {
  const property = fc.property(tree, (some) => {
    const [ours, theirs] = [createElement, ltxElement].map((of) => String(built(of as Build, some)));
    return ours === theirs;
  });

  fc.assert(property, { numRuns: 500 });
});

test('finds by local name and inherited namespace what ltx finds', () => {
  const xml = '<message xmlns="a"><payload xmlns="b"><json>in b</json></payload><json>in a</json></message>';
  const copy = (element: NonNullable<ReturnType<typeof parse>>): ReturnType<typeof createElement> =>
    createElement(
      element.name,
      element.attrs,
      ...element.children.map((child) => (typeof child === 'string' ? child : copy(child))),
    );
  const theirs = parse(xml);
  const ours = copy(theirs ?? expect.fail('ltx reads it'));

  const found = [
    ours.is('message', 'a'),
    ours.getChild('payload', 'a') === undefined,
    ours.getChild('payload', 'b')?.getChildText('json', 'b'),
    ours.getChildText('json'),
    ours.getChildText('absent'),
  ];

  expect(found).toEqual([true, true, 'in b', 'in a', null]);
});
