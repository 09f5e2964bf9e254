import { render } from 'preact';
import { recordedTest } from './line/recorded.ts';
import type { FromRun, ToRun } from './messages.ts';
import { Playing } from './run/playing.ts';
import { Room } from './run/room.ts';
import { RunPage } from './ui/RunPage.tsx';

// The frame of an origin of its own: what runs here can reach nothing that the site has stored in this browser.
const room = new Room(new Playing());
render(<RunPage room={room} />, document.body);

addEventListener('message', ({ source, data }: MessageEvent<ToRun>) => {
  if (source !== parent || parent === window) return;
  if (data.ask === 'run') void run(data);
  if (data.ask === 'record') {
    const { causes, conversation } = room.playing;
    const steps = causes.entries.map(({ step }) => step);
    say({ said: 'test', text: recordedTest(steps, room.people, conversation) });
  }
});
say({ said: 'ready' });

async function run({ id, js, conversation }: Extract<ToRun, { ask: 'run' }>): Promise<void> {
  const { fault } = await room.run(js, conversation);
  say({ said: 'ran', id, ...(fault && { fault }) });
}

/** This frame has no origin that could be named, and neither holds a secret. */
function say(message: FromRun): void {
  parent.postMessage(message, '*');
}
