import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props {
  /** The name of the state that is shown. */
  readonly shown: string;
  readonly onChoose: (state: string) => void;
}

/** Chooses from all states of the gallery: what stands beside is what most themes are judged by. */
export function EveryState({ shown, onChoose }: Props): JSX.Element {
  const [groups, know] = useState<Readonly<Record<string, readonly string[]>>>({});
  useEffect(() => {
    // They bring the whole widget along, which the previews load anyway.
    void import('../../gallery/states.ts').then(({ stateGroups }) =>
      know(
        Object.fromEntries(
          Object.entries(stateGroups).map(([group, states]) => [group, states.map(({ name }) => name)]),
        ),
      ),
    );
  }, []);
  const isKnown = Object.values(groups).flat().includes(shown);
  return (
    <select
      class="every"
      aria-label="Every state"
      value={isKnown ? shown : ''}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    >
      <option value="" disabled>
        Every state
      </option>
      {Object.entries(groups).map(([group, names]) => (
        <optgroup key={group} label={group}>
          {names.map((name) => (
            <option key={name} value={name}>
              {stateWords(name)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** `person-ask` as `Person ask`. */
export function stateWords(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}
