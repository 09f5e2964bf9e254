import type { JSX } from 'preact';
import type { Block, ListItem } from './formatting.ts';
import type { Inline } from './inlines.ts';

interface Props {
  readonly blocks: readonly Block[];
  /** Who reads. */
  readonly me: string | undefined;
  /** Shows who somebody is; absent where that is not shown. */
  readonly onPerson: ((user: string) => void) | undefined;
}

type Around = Omit<Props, 'blocks'>;

/** A text with what its marks mean, as nodes: nothing of it ever becomes markup. */
export function Formatted({ blocks, ...around }: Props): JSX.Element {
  const [only] = blocks;
  if (blocks.length === 1 && only?.kind === 'lines') return <>{inlines(only.inside, around)}</>;
  return <>{blocks.map((block, index) => drawn(block, index, around))}</>;
}

function drawn(block: Block, key: number, around: Around): JSX.Element {
  if (block.kind === 'lines') {
    return (
      <div key={key} dir="auto">
        {inlines(block.inside, around)}
      </div>
    );
  }
  if (block.kind === 'quote') {
    return (
      <blockquote key={key} dir="auto">
        <Formatted blocks={block.inside} {...around} />
      </blockquote>
    );
  }
  if (block.kind === 'code') {
    return (
      <pre key={key} dir="ltr">
        {block.info !== '' && <span class="info">{`${block.info}\n`}</span>}
        <code>{block.text.join('\n')}</code>
      </pre>
    );
  }
  const items = block.items.map((item, index) => listItem(item, index, block.ordered, around));
  return block.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>;
}

/** A number stays what was typed: it may be a date, and another one than the browser would count. */
function listItem({ lead, mark, inside }: ListItem, key: number, ordered: boolean, around: Around): JSX.Element {
  const words = inlines(inside, around);
  return (
    <li key={key} dir="auto" style={{ marginInlineStart: `${lead.length * 6}px` }}>
      {ordered && <span class="number">{mark}</span>}
      {ordered ? <span>{words}</span> : words}
    </li>
  );
}

const elements = { bold: 'strong', italic: 'em', strike: 's' } as const;

function inlines(nodes: readonly Inline[], around: Around): (JSX.Element | string)[] {
  const drawn: (JSX.Element | string)[] = [];
  for (const node of nodes) drawn.push(inline(node, drawn.length, around));
  return drawn;
}

function inline(node: Inline, key: number, around: Around): JSX.Element | string {
  if (typeof node === 'string') return node;
  if (node.kind === 'code') return <code key={key}>{node.text}</code>;
  if (node.kind === 'name') return name(node, key, around);
  if (node.kind === 'link') {
    return (
      <a key={key} href={node.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
        {node.href}
      </a>
    );
  }
  const Element = elements[node.kind];
  return <Element key={key}>{inlines(node.inside, around)}</Element>;
}

function name({ user, text }: Extract<Inline, { kind: 'name' }>, key: number, { me, onPerson }: Around): JSX.Element {
  const shape = user === me ? 'mention mine' : 'mention';
  if (!onPerson)
    return (
      <bdi key={key} class={shape}>
        {text}
      </bdi>
    );
  return (
    <button key={key} type="button" class={shape} onClick={() => onPerson(user)}>
      <bdi>{text}</bdi>
    </button>
  );
}
