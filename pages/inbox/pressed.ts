import { isTaken } from './desk/views.ts';
import { writes } from './focus.ts';
import type { Host } from './host.ts';
import { shownCase } from './ui/drawn.ts';
import { type Command, commandOf, isField } from './ui/keys.ts';

/** Does what a key says. Where somebody writes, a key is his, and Escape leads out of the field. */
export function pressed(inbox: Host, event: KeyboardEvent): void {
  if (!inbox.listens) return;
  const [target] = event.composedPath();
  if (isField(target)) {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    return inbox.focus.to(`[data-case="${inbox.screen.shown}"]`, '.conversation', '.case');
  }
  const command = commandOf(event, inbox.screen.keys);
  // Arrows in the log go from message to message.
  const isInLog = target instanceof Element && target.closest('.log') !== null;
  if (command === undefined || (isInLog && event.key.startsWith('Arrow'))) return;
  event.preventDefault();
  commanded(inbox, command);
}

function commanded(inbox: Host, command: Command): void {
  const { deeds, focus, screen, desk } = inbox;
  switch (command) {
    case 'next':
      return focus.step(1, screen.shown);
    case 'previous':
      return focus.step(-1, screen.shown);
    case 'search':
      return focus.to('.cases .find');
    case 'keys':
      return deeds.over('keys');
    case 'back':
      if (screen.details) return deeds.look({ details: false });
      return screen.shown === undefined ? undefined : deeds.open(undefined);
    default:
  }
  const one = shownCase({ desk: desk.state, screen });
  if (one === undefined) return;
  switch (command) {
    case 'reply':
      return focus.to(writes, '.gate .do');
    case 'details':
      return deeds.look({ details: !screen.details });
    case 'note':
      deeds.look({ details: true });
      return focus.soon('.note-field');
    case 'canned':
      return focus.mayWrite ? deeds.over('canned') : undefined;
    default:
  }
  if (one.state === 'closed') return;
  switch (command) {
    case 'take':
      if (isTaken(desk.state.shown?.me.user ?? '', one)) return deeds.over('takeOver');
      return one.state === 'assigned' ? undefined : deeds.take();
    case 'assign':
    case 'snooze':
      return deeds.over(command);
    case 'close':
      return deeds.close();
    default:
  }
}
