import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Room } from '../run/room.ts';

const format = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** The chat's time, and what lets it pass. */
export function Clock({ room }: { readonly room: Room }): JSX.Element {
  const { playing } = room;
  const [now, look] = useState(playing.now);
  useEffect(() => {
    const timer = setInterval(() => look(playing.now), 1_000);
    return () => clearInterval(timer);
  }, [playing]);
  const isOff = playing.round === 0;
  const later = async (span: string): Promise<void> => {
    await room.later(span);
    look(playing.now);
  };
  return (
    <fieldset class="clock" aria-label="The chat’s time">
      <time dateTime={new Date(now).toISOString()}>{format.format(now)}</time>
      <button type="button" class="plain" disabled={isOff} onClick={() => void later('1 hour')}>
        +1 h
      </button>
      <button type="button" class="plain" disabled={isOff} onClick={() => void later('1 day')}>
        +1 day
      </button>
      <button type="button" class="plain" disabled={isOff} onClick={() => void room.reset()}>
        Reset
      </button>
    </fieldset>
  );
}
