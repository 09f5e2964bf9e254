import type { Areas } from '../../language.ts';

/** Attention, in Polski. */
export const attention: Areas['attention'] = {
  mute: 'Wycisz tę rozmowę',
  muteLine: 'Bez dźwięku i powiadomień. Nikt o tym nie wie.',
  muteFor: { hour: 'Na 1 godzinę', hours: 'Na 8 godzin', always: 'Dopóki tego nie zmienię' },
  ways: {
    sound: 'Dźwięk',
    title: 'Liczba w tytule strony',
    notice: 'Powiadomienia na tym urządzeniu',
    words: 'Treść w powiadomieniach',
  },
  noticeLine: 'Gdy patrzysz na coś innego',
  refused: 'Ta przeglądarka tu na nie nie pozwala.',
  somebody: 'Nowa wiadomość',
  noWords: 'Otwórz czat, aby ją przeczytać.',
};
