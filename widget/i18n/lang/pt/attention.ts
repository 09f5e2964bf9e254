import type { Areas } from '../../language.ts';

/** Attention, in Português (Brasil). */
export const attention: Areas['attention'] = {
  mute: 'Silenciar esta conversa',
  muteLine: 'Sem som e sem aviso. Ninguém fica sabendo.',
  muteFor: { hour: 'Por 1 hora', hours: 'Por 8 horas', always: 'Até eu mudar' },
  ways: {
    sound: 'Som',
    title: 'Número no título da página',
    notice: 'Avisos neste dispositivo',
    words: 'Texto nos avisos',
  },
  noticeLine: 'Enquanto você vê outra coisa',
  refused: 'Este navegador não os permite aqui.',
  somebody: 'Nova mensagem',
  noWords: 'Abra o chat para ler.',
};
