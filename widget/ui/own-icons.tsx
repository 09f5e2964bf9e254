import type { JSX } from 'preact';
import type { DrawnIcon, IconName } from './Icon.tsx';

/** Every glyph that a page can replace. */
const names: Readonly<Record<IconName, true>> = {
  attach: true,
  back: true,
  close: true,
  delivered: true,
  down: true,
  emoji: true,
  failed: true,
  more: true,
  people: true,
  read: true,
  send: true,
  speech: true,
  stored: true,
  waiting: true,
};

/** The names of all glyphs of the panel that a page can replace. */
export const iconNames: readonly string[] = Object.keys(names);

/** Draws clones of `nodes` in place of the glyphs that they are named after. */
export function ownIcons(nodes: ReadonlyMap<string, Node>): DrawnIcon {
  return (name) => {
    const node = nodes.get(name);
    return node && <OwnIcon key={node} name={name} node={node} />;
  };
}

/** In the size of the one it replaces, and in the colour of the text where it says no other. */
function OwnIcon({ name, node }: { readonly name: string; readonly node: Node }): JSX.Element {
  return (
    <span
      class={`icon icon-${name}`}
      aria-hidden="true"
      ref={(place) => {
        if (!place || place.firstChild) return;
        place.style.cssText = 'display: grid; fill: currentColor; stroke: none; stroke-width: 1';
        const clone = node.cloneNode(true);
        place.append(clone);
        if (clone instanceof HTMLElement || clone instanceof SVGElement) clone.style.inlineSize = '100%';
      }}
    />
  );
}
