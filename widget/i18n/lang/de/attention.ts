import type { Areas } from '../../language.ts';

/** Attention, in Deutsch. */
export const attention: Areas['attention'] = {
  mute: 'Diese Unterhaltung stumm schalten',
  muteLine: 'Kein Ton und kein Hinweis. Niemand erfährt es.',
  muteFor: { hour: 'Für 1 Stunde', hours: 'Für 8 Stunden', always: 'Bis ich es ändere' },
  ways: {
    sound: 'Ton',
    title: 'Anzahl im Seitentitel',
    notice: 'Hinweise auf diesem Gerät',
    words: 'Text in Hinweisen',
  },
  noticeLine: 'Während Sie etwas anderes ansehen',
  refused: 'Dieser Browser erlaubt sie hier nicht.',
  somebody: 'Neue Nachricht',
  noWords: 'Öffnen Sie den Chat, um sie zu lesen.',
};
