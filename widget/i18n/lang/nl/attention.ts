import type { Areas } from '../../language.ts';

/** Attention, in Nederlands. */
export const attention: Areas['attention'] = {
  mute: 'Dit gesprek dempen',
  muteLine: 'Geen geluid en geen melding. Niemand weet het.',
  muteFor: { hour: '1 uur', hours: '8 uur', always: 'Tot ik het verander' },
  ways: {
    sound: 'Geluid',
    title: 'Aantal in de paginatitel',
    notice: 'Meldingen op dit apparaat',
    words: 'Tekst in meldingen',
  },
  noticeLine: 'Terwijl je naar iets anders kijkt',
  refused: 'Deze browser staat ze hier niet toe.',
  somebody: 'Nieuw bericht',
  noWords: 'Open de chat om het te lezen.',
};
