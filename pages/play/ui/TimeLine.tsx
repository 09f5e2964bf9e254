import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { byCause, type Entry } from '../line/causes.ts';
import type { Room } from '../run/room.ts';
import { Step } from './Step.tsx';

/** Everything that the friend did, by what it came of; the newest is below. */
export function TimeLine({ room }: { readonly room: Room }): JSX.Element {
  const { causes } = room.playing;
  const [paused, pause] = useState<readonly Entry[]>();
  const [who, setWho] = useState('');
  const [type, setType] = useState('');
  const [all, setAll] = useState(false);
  const [live, setLive] = useState(causes.entries);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    let frame: number | undefined;
    const stop = causes.subscribe(() => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        setLive(causes.entries);
      });
    });
    return () => {
      stop();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [causes]);
  const entries = paused ?? live;
  const groups = useMemo(() => chosen(entries, { who, type, all }), [entries, who, type, all]);
  const names = useMemo(() => [...new Set(entries.map((entry) => entry.who))].filter(Boolean).sort(), [entries]);
  // Who reads further up stays there.
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it moves with what is drawn
  useEffect(() => {
    if (list.current && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [groups]);
  return (
    <section class="line" aria-label="Time line">
      <div class="tools">
        <h2>Time line</h2>
        <label>
          Person
          <select value={who} onChange={(event) => setWho(event.currentTarget.value)}>
            <option value="">all</option>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Type
          <input
            value={type}
            maxLength={64}
            placeholder="message.sent"
            onInput={(event) => setType(event.currentTarget.value)}
          />
        </label>
        <label class="check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          Every step
        </label>
        <button
          type="button"
          class="plain"
          aria-pressed={paused !== undefined}
          onClick={() => pause(paused ? undefined : live)}
        >
          Pause
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => {
            causes.clear();
            pause(undefined);
          }}
        >
          Clear
        </button>
      </div>
      {groups.length === 0 && <p class="empty">What people do, and what your logic makes of it, is shown here.</p>}
      <ol
        class="causes"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        tabIndex={0}
        aria-label="Steps by cause"
        onKeyDown={walk}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
        }}
      >
        {groups.map((group) => (
          <li key={group.id}>
            <ol>
              {group.entries.map((entry) => (
                <Step key={entry.id} entry={entry} />
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface Wanted {
  readonly who: string;
  readonly type: string;
  readonly all: boolean;
}

/** The causes that somebody wants to see: a cause is shown whole where one step of it fits. */
function chosen(entries: readonly Entry[], { who, type, all }: Wanted): ReturnType<typeof byCause> {
  const loud = entries.filter((entry) => all || !entry.isQuiet);
  if (who === '' && type === '') return byCause(loud);
  return byCause(loud).filter((group) =>
    group.entries.some((entry) => (who === '' || entry.who === who) && entry.type.includes(type)),
  );
}

/** The arrows go from step to step. */
function walk(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const steps = [...event.currentTarget.querySelectorAll<HTMLElement>('button.step')];
  const at = steps.findIndex((step) => step.matches(':focus'));
  const next = at < 0 ? steps.at(-1) : steps[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
