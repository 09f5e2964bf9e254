import type { Areas } from '../../language.ts';

/** Attention, in Français. */
export const attention: Areas['attention'] = {
  mute: 'Mettre cette conversation en sourdine',
  muteLine: 'Ni son ni notification. Personne ne le sait.',
  muteFor: { hour: 'Pendant 1 heure', hours: 'Pendant 8 heures', always: 'Jusqu’à ce que je le change' },
  ways: {
    sound: 'Son',
    title: 'Nombre dans le titre de la page',
    notice: 'Notifications sur cet appareil',
    words: 'Texte dans les notifications',
  },
  noticeLine: 'Pendant que vous regardez autre chose',
  refused: 'Ce navigateur ne les autorise pas ici.',
  somebody: 'Nouveau message',
  noWords: 'Ouvrez le chat pour le lire.',
};
