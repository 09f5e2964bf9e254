import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { mostPeople } from '../run/people.ts';
import type { Room } from '../run/room.ts';
import { Chat } from './Chat.tsx';
import { Clock } from './Clock.tsx';
import { TimeLine } from './TimeLine.tsx';

/** The people with their chats, and what the friend did behind them. */
export function RunPage({ room }: { readonly room: Room }): JSX.Element {
  const [, redraw] = useState(0);
  const [chosen, choose] = useState('ann');
  useEffect(() => room.subscribe(() => redraw((drawn) => drawn + 1)), [room]);
  useEffect(() => room.playing.follow(), [room]);
  const { people, playing } = room;
  const shown = people.some(({ id }) => id === chosen) ? chosen : people[0]?.id;
  return (
    <main>
      <section class="people" aria-label="People">
        <div class="tools">
          <fieldset class="choice-of-people" aria-label="Whose chat is shown">
            {people.map(({ id, name }) => (
              <button key={id} type="button" class="plain" aria-pressed={id === shown} onClick={() => choose(id)}>
                {name}
              </button>
            ))}
          </fieldset>
          <button type="button" class="plain" disabled={people.length >= mostPeople} onClick={() => room.add()}>
            Add a person
          </button>
          <Clock room={room} />
        </div>
        {playing.round === 0 ? (
          <p class="empty">Nothing runs yet. Press Run, and talk to your logic here.</p>
        ) : (
          <ul class="chats">
            {people.map((somebody) => (
              <Chat
                key={`${somebody.id} ${playing.round}`}
                room={room}
                somebody={somebody}
                isShown={somebody.id === shown}
              />
            ))}
          </ul>
        )}
      </section>
      <TimeLine room={room} />
      <p class="sr" role="status">
        {room.said}
      </p>
    </main>
  );
}
