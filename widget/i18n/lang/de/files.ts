import type { Areas } from '../../language.ts';

/** Files, in Deutsch. */
export const files: Areas['files'] = {
  chosen: 'Dateien zum Senden',
  drop: 'Dateien hier ablegen, um sie zu senden',
  remove: '{name} entfernen',
  cancel: '{name} nicht senden',
  open: '{name} ansehen',
  save: '{name} speichern',
  gone: 'Nicht mehr da',
  sending: '{n} von {size}',
  tooLarge: '{name} ist größer als {size}.',
  tooMany: 'Eine Nachricht kann bis zu {n} Dateien enthalten.',
  tooMuch: 'Wartende Dateien dürfen zusammen höchstens {size} groß sein. Senden Sie erst diese.',
  empty: '{name} ist leer.',
  unreadable: '{name} kann nicht gelesen werden.',
  refused: {
    quota: 'Gerade ist kein Platz für weitere Dateien.',
    too_large: 'Das ist zu groß zum Senden.',
    not_found: 'Hier können keine Dateien gesendet werden.',
    unknown_type: 'Hier können keine Dateien gesendet werden.',
    other: 'Die Datei konnte nicht gesendet werden.',
  },
  viewer: 'Bilder',
  close: 'Schließen',
  next: 'Nächstes Bild',
  previous: 'Voriges Bild',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  place: '{n} von {size}',
  missing: 'Dieses Bild kann nicht gezeigt werden.',
};
