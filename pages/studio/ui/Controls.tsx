import type { ComponentType, JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { Colors } from './Colors.tsx';
import { Launcher } from './Launcher.tsx';
import { Motion } from './Motion.tsx';
import { Shape } from './Shape.tsx';
import { Start } from './Start.tsx';
import { Type } from './Type.tsx';
import type { Tools } from './tools.ts';

const groups: Readonly<Record<string, ComponentType<Tools>>> = {
  Start,
  Colours: Colors,
  Type,
  Shape,
  Motion,
  Launcher,
};
const names = Object.keys(groups);

/** What can be chosen, a group at a time: tabs as WAI-ARIA describes them, moved between by the arrow keys. */
export function Controls(tools: Tools): JSX.Element {
  const [chosen, choose] = useState('Start');
  const tabs = useRef<HTMLDivElement>(null);
  const id = useId();
  const Group = groups[chosen] ?? Start;
  const moved = (event: KeyboardEvent): void => {
    const at = names.indexOf(chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const name = names.at(to % names.length) ?? 'Start';
    choose(name);
    tabs.current?.querySelector<HTMLElement>(`[data-name="${name}"]`)?.focus();
  };
  return (
    <div class="controls">
      <div class="tabs" role="tablist" aria-label="Groups" ref={tabs} onKeyDown={moved}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-name={name}
            aria-selected={name === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => choose(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="group" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
        <Group {...tools} />
      </div>
    </div>
  );
}
