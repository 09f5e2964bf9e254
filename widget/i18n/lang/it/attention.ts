import type { Areas } from '../../language.ts';

/** Attention, in Italiano. */
export const attention: Areas['attention'] = {
  mute: 'Silenzia questa conversazione',
  muteLine: 'Nessun suono e nessun avviso. Nessuno lo sa.',
  muteFor: { hour: 'Per 1 ora', hours: 'Per 8 ore', always: 'Finché non lo cambio' },
  ways: {
    sound: 'Suono',
    title: 'Numero nel titolo della pagina',
    notice: 'Avvisi su questo dispositivo',
    words: 'Testo negli avvisi',
  },
  noticeLine: 'Mentre guardi altro',
  refused: 'Questo browser qui non li permette.',
  somebody: 'Nuovo messaggio',
  noWords: 'Apri la chat per leggerlo.',
};
