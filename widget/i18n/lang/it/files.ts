import type { Areas } from '../../language.ts';

/** Files, in Italiano. */
export const files: Areas['files'] = {
  chosen: 'File da inviare',
  drop: 'Trascina qui i file per inviarli',
  remove: 'Togli {name}',
  cancel: 'Non inviare {name}',
  open: 'Mostra {name}',
  save: 'Salva {name}',
  gone: 'Non c’è più',
  sending: '{n} di {size}',
  tooLarge: '{name} supera {size}.',
  tooMany: 'Un messaggio può contenere fino a {n} file.',
  tooMuch: 'I file in attesa possono occupare in tutto {size}. Invia prima questi.',
  empty: '{name} è vuoto.',
  unreadable: '{name} non si può leggere.',
  refused: {
    quota: 'Al momento non c’è posto per altri file.',
    too_large: 'È troppo grande per essere inviato.',
    not_found: 'Qui non si possono inviare file.',
    unknown_type: 'Qui non si possono inviare file.',
    other: 'Non è stato possibile inviare il file.',
  },
  viewer: 'Immagini',
  close: 'Chiudi',
  next: 'Immagine successiva',
  previous: 'Immagine precedente',
  zoomIn: 'Ingrandisci',
  zoomOut: 'Riduci',
  place: '{n} di {size}',
  missing: 'Questa immagine non si può mostrare.',
};
