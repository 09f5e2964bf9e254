import type { Areas } from '../../language.ts';

/** Files, in Polski. */
export const files: Areas['files'] = {
  chosen: 'Pliki do wysłania',
  drop: 'Upuść pliki, aby je wysłać',
  remove: 'Usuń {name}',
  cancel: 'Nie wysyłaj {name}',
  open: 'Pokaż {name}',
  save: 'Zapisz {name}',
  gone: 'Już tego nie ma',
  sending: '{n} z {size}',
  tooLarge: '{name} jest większy niż {size}.',
  tooMany: 'Wiadomość mieści do {n} plików.',
  tooMuch: 'Czekające pliki mogą mieć razem {size}. Najpierw wyślij te.',
  empty: '{name} jest pusty.',
  unreadable: 'Nie można odczytać {name}.',
  refused: {
    quota: 'Teraz nie ma miejsca na więcej plików.',
    too_large: 'To jest za duże, aby wysłać.',
    not_found: 'Tutaj nie można wysyłać plików.',
    unknown_type: 'Tutaj nie można wysyłać plików.',
    other: 'Nie udało się wysłać pliku.',
  },
  viewer: 'Obrazy',
  close: 'Zamknij',
  next: 'Następny obraz',
  previous: 'Poprzedni obraz',
  zoomIn: 'Powiększ',
  zoomOut: 'Pomniejsz',
  place: '{n} z {size}',
  missing: 'Nie można pokazać tego obrazu.',
};
