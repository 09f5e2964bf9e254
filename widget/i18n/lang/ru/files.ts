import type { Areas } from '../../language.ts';

/** Files, in Русский. */
export const files: Areas['files'] = {
  chosen: 'Файлы для отправки',
  drop: 'Перетащите файлы сюда, чтобы отправить',
  remove: 'Убрать {name}',
  cancel: 'Не отправлять {name}',
  open: 'Показать {name}',
  save: 'Сохранить {name}',
  gone: 'Больше нет',
  sending: '{n} из {size}',
  tooLarge: '{name} больше {size}.',
  tooMany: 'В одном сообщении до {n} файлов.',
  tooMuch: 'Ожидающие файлы могут занимать всего {size}. Сначала отправьте эти.',
  empty: '{name} пуст.',
  unreadable: '{name} не удаётся прочитать.',
  refused: {
    quota: 'Сейчас нет места для новых файлов.',
    too_large: 'Это слишком большое для отправки.',
    not_found: 'Здесь нельзя отправлять файлы.',
    unknown_type: 'Здесь нельзя отправлять файлы.',
    other: 'Не удалось отправить файл.',
  },
  viewer: 'Изображения',
  close: 'Закрыть',
  next: 'Следующее изображение',
  previous: 'Предыдущее изображение',
  zoomIn: 'Увеличить',
  zoomOut: 'Уменьшить',
  place: '{n} из {size}',
  missing: 'Это изображение нельзя показать.',
};
