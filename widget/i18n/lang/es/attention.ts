import type { Areas } from '../../language.ts';

/** Attention, in Español. */
export const attention: Areas['attention'] = {
  mute: 'Silenciar esta conversación',
  muteLine: 'Sin sonido ni aviso. Nadie lo sabe.',
  muteFor: { hour: 'Durante 1 hora', hours: 'Durante 8 horas', always: 'Hasta que lo cambie' },
  ways: {
    sound: 'Sonido',
    title: 'Número en el título de la página',
    notice: 'Avisos en este dispositivo',
    words: 'Texto en los avisos',
  },
  noticeLine: 'Mientras miras otra cosa',
  refused: 'Este navegador no los permite aquí.',
  somebody: 'Mensaje nuevo',
  noWords: 'Abre el chat para leerlo.',
};
