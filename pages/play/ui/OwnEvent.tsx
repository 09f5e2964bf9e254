import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Room } from '../run/room.ts';

interface Props {
  readonly room: Room;
  readonly id: string;
  readonly name: string;
}

/** Characters of a body. */
const longest = 8_000;

/** Sends an event of the team's own as somebody's page would, and says what came back. */
export function OwnEvent({ room, id, name }: Props): JSX.Element {
  const [type, setType] = useState('order.track');
  const [body, setBody] = useState('{ "order": 7 }');
  const [answer, setAnswer] = useState('');
  const send = async (): Promise<void> => {
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      setAnswer('The body is no JSON: write it like { "order": 7 }.');
      return;
    }
    setAnswer('…');
    try {
      setAnswer(`Answered by ${await room.playing.emit(id, type, value)}.`);
    } catch (error) {
      setAnswer(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <form
      class="own"
      aria-label={`Event of ${name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        Type
        <input value={type} maxLength={64} onInput={(event) => setType(event.currentTarget.value)} />
      </label>
      <label>
        Body
        <input value={body} maxLength={longest} onInput={(event) => setBody(event.currentTarget.value)} />
      </label>
      <button type="submit" class="plain">
        Send
      </button>
      <p role="status">{answer}</p>
    </form>
  );
}
