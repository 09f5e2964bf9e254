import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { longestName, type Somebody } from '../run/people.ts';
import type { Room } from '../run/room.ts';
import { OwnEvent } from './OwnEvent.tsx';

interface Props {
  readonly room: Room;
  readonly somebody: Somebody;
  /** On a narrow screen it is the one that is seen. */
  readonly isShown: boolean;
}

/** One person: the name, the real widget, and what may happen to a browser. */
export function Chat({ room, somebody, isShown }: Props): JSX.Element {
  const seat = useRef<HTMLDivElement>(null);
  const [isSending, setSending] = useState(false);
  const { id, name, isColleague, isOffline } = somebody;
  // Another name is another visitor's first word: the widget begins anew with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whether he is offline changes nothing about the widget
  useEffect(() => (seat.current ? room.playing.seat(seat.current, somebody) : undefined), [room, id, name]);
  return (
    <li class={isShown ? 'chat shown' : 'chat'}>
      <div class="who">
        <input
          aria-label={`Name of ${name}`}
          value={name}
          maxLength={longestName}
          onChange={(event) => room.rename(id, event.currentTarget.value)}
        />
        {isColleague && <span class="role">colleague</span>}
        <button type="button" class="plain" aria-pressed={isOffline} onClick={() => room.cut(id, !isOffline)}>
          Offline
        </button>
        <button type="button" class="plain" aria-expanded={isSending} onClick={() => setSending(!isSending)}>
          Own event
        </button>
        {!['ann', 'bob', 'kim'].includes(id) && (
          <button type="button" class="plain" aria-label={`Remove ${name}`} onClick={() => room.remove(id)}>
            ×
          </button>
        )}
      </div>
      {isSending && <OwnEvent room={room} id={id} name={name} />}
      <div class="seat" ref={seat} data-person={id} />
    </li>
  );
}
