import type { Areas } from '../../language.ts';

/** Attention, in Русский. */
export const attention: Areas['attention'] = {
  mute: 'Отключить звук беседы',
  muteLine: 'Ни звука, ни уведомлений. Никто не узнает.',
  muteFor: { hour: 'На 1 час', hours: 'На 8 часов', always: 'Пока я не изменю' },
  ways: {
    sound: 'Звук',
    title: 'Счётчик в заголовке страницы',
    notice: 'Уведомления на этом устройстве',
    words: 'Текст в уведомлениях',
  },
  noticeLine: 'Пока вы смотрите на другое',
  refused: 'Этот браузер их здесь не разрешает.',
  somebody: 'Новое сообщение',
  noWords: 'Откройте чат, чтобы прочитать.',
};
