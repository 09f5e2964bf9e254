import { expect, test } from 'vitest';
import { FileError } from './finding.ts';
import { References } from './located.ts';
import { type Contexts, resolverIn } from './resolver.ts';
import { stagedFiles } from './staged-files.ts';

const colour = (value: string) => ({ $type: 'color', $value: value });
const version = '2025.10';

/** A resolver file and what lies beside it, in some contexts. */
function composed(resolver: object, contexts: Contexts = {}, beside: Readonly<Record<string, unknown>> = {}) {
  const files = Object.fromEntries(Object.entries(beside).map(([name, held]) => [`tokens/${name}`, held]));
  const references = new References(stagedFiles({ ...files, 'tokens/all.json': resolver }));
  return resolverIn(references.open('tokens/all.json'), references).compose(contexts);
}

test('puts sets and the chosen contexts together in their order, so that the last one counts', () => {
  const resolver = {
    version,
    sets: {
      base: { sources: [{ $ref: 'base.json' }, { a: { $description: 'later', one: colour('#222') } }] },
      more: { sources: [{ $ref: '#/sets/base' }, { b: { two: colour('#333') } }] },
    },
    modifiers: {
      contrast: { contexts: { plain: [], high: [{ $ref: 'high.json#/of/colours' }] }, default: 'plain' },
    },
    resolutionOrder: [
      { $ref: '#/sets/more' },
      { $ref: '#/modifiers/contrast' },
      { type: 'set', name: 'last', sources: [{ a: { three: colour('#444') } }] },
    ],
  };
  const beside = {
    'base.json': { a: { $description: 'early', zero: colour('#000'), one: { ...colour('#111'), $deprecated: true } } },
    'high.json': { of: { colours: { b: { two: colour('#fff') } } } },
  };

  const plain = composed(resolver, {}, beside);
  const high = composed(resolver, { contrast: 'high' }, beside);

  expect(plain.value).toEqual({
    a: { $description: 'later', zero: colour('#000'), one: colour('#222'), three: colour('#444') },
    b: { two: colour('#333') },
  });
  expect(high.value.b).toEqual({ two: colour('#fff') });
  const from = (pointer: string) => [high.origin(pointer).file.file, high.origin(pointer).pointer];
  expect(from('/a/zero/$value')).toEqual(['tokens/base.json', '/a/zero/$value']);
  expect(from('/a/one/$value')).toEqual(['tokens/all.json', '/sets/base/sources/1/a/one/$value']);
  expect(from('/b/two')).toEqual(['tokens/high.json', '/of/colours/b/two']);
});

test('lets what stands beside a reference take the place of what it points at, and no deeper', () => {
  const source = { $ref: '#/$defs/some', a: { one: colour('#222') } };
  const resolver = {
    version,
    $defs: { some: { a: { one: colour('#111'), two: colour('#111') }, b: { one: colour('#111') } } },
    resolutionOrder: [{ type: 'set', name: 'all', sources: [source] }],
  };

  const { value } = composed(resolver);

  expect(value).toEqual({ a: { one: colour('#222') }, b: { one: colour('#111') } });
});

test('keeps a token that is called like what all objects have', () => {
  const tokens = JSON.parse('{ "__proto__": { "$value": "#111" }, "constructor": { "$value": "#222" } }') as object;
  const set = (name: string) => ({ type: 'set', name, sources: [tokens] });

  const { value } = composed({ version, resolutionOrder: [set('one'), set('two')] });

  expect(JSON.parse(JSON.stringify(value))).toEqual(tokens);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

const order = (...resolutionOrder: unknown[]) => ({ version, resolutionOrder });
const set = (...sources: unknown[]) => order({ type: 'set', name: 'all', sources });
const modifier = (more: object) => order({ type: 'modifier', name: 'size', ...more });

test.each<[what: string, resolver: object, contexts: Contexts, pointer: string, reason: RegExp]>([
  ['another version', { version: '2024.01', resolutionOrder: [] }, {}, '/version', /2025\.10/],
  ['no order', { version, sets: {} }, {}, '/resolutionOrder', /resolutionOrder/],
  ['an entry without a type', order({ name: 'x', sources: [] }), {}, '/resolutionOrder/0', /a name and a type/],
  [
    'one name twice',
    order(...[1, 2].map(() => ({ type: 'set', name: 'a', sources: [] }))),
    {},
    '/resolutionOrder/1',
    /twice/,
  ],
  ['a set that is not there', order({ $ref: '#/sets/no' }), {}, '/resolutionOrder/0/$ref', /nothing at #\/sets\/no/],
  ['an order that points to a file', order({ $ref: 'a.json' }), {}, '/resolutionOrder/0', /#\/sets\/NAME/],
  ['no contexts', modifier({ contexts: {} }), {}, '/resolutionOrder/0/contexts', /no contexts/],
  [
    'a default that is no context',
    modifier({ contexts: { s: [] }, default: 'm' }),
    {},
    '/resolutionOrder/0/default',
    /there are s/,
  ],
  ['no choice and no default', modifier({ contexts: { s: [], m: [] } }), {}, '/resolutionOrder/0', /--context size=/],
  [
    'a context that is not there',
    modifier({ contexts: { s: [], m: [] } }),
    { size: 'l' },
    '/resolutionOrder/0',
    /there are s, m/,
  ],
  [
    'a modifier that is not there',
    modifier({ contexts: { s: [] }, default: 's' }),
    { tone: 'x' },
    '/resolutionOrder',
    /there are size/,
  ],
  ['a modifier as a source', set({ $ref: '#/modifiers/x' }), {}, '/resolutionOrder/0/sources/0', /never a modifier/],
  [
    'the order as a source',
    set({ $ref: '#/resolutionOrder/0' }),
    {},
    '/resolutionOrder/0/sources/0',
    /nothing of the order/,
  ],
  ['a file that is not there', set({ $ref: 'no.json' }), {}, '/resolutionOrder/0/sources/0/$ref', /tokens\/no\.json/],
  ['an address', set({ $ref: 'https://a.test/b.json' }), {}, '/resolutionOrder/0/sources/0/$ref', /is not fetched/],
  ['a broken escape', set({ $ref: '#/%zz' }), {}, '/resolutionOrder/0/sources/0/$ref', /nothing at/],
  ['no tokens', set('tokens.json'), {}, '/resolutionOrder/0/sources/0', /an object of tokens/],
  [
    'a set of itself',
    {
      ...order({ $ref: '#/sets/a' }),
      sets: { a: { sources: [{ $ref: '#/sets/b' }] }, b: { sources: [{ $ref: '#/sets/a' }] } },
    },
    {},
    '/sets/a/sources/0',
    /a source of itself/,
  ],
  [
    'a circle',
    { ...set({ $ref: '#/$defs/a' }), $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
    {},
    '/$defs/a/$ref',
    /back to itself/,
  ],
  [
    'a reference to what is around it',
    { ...set({ $ref: '#/$defs/a/b' }), $defs: { a: { b: { $ref: '#/$defs/a' } } } },
    {},
    '/$defs/a/b/$ref',
    /holds this/,
  ],
])('refuses %s, and says where it stands', (_what, resolver, contexts, pointer, reason) => {
  const compose = () => composed(resolver, contexts);

  expect(compose).toThrow(FileError);
  expect(compose).toThrow(
    expect.objectContaining({ finding: expect.objectContaining({ pointer, reason: expect.stringMatching(reason) }) }),
  );
});
