import type { Areas } from '../../language.ts';

/** Files, in Nederlands. */
export const files: Areas['files'] = {
  chosen: 'Bestanden om te versturen',
  drop: 'Sleep bestanden hierheen om ze te versturen',
  remove: '{name} verwijderen',
  cancel: '{name} niet versturen',
  open: '{name} tonen',
  save: '{name} bewaren',
  gone: 'Niet meer daar',
  sending: '{n} van {size}',
  tooLarge: '{name} is groter dan {size}.',
  tooMany: 'Een bericht neemt tot {n} bestanden mee.',
  tooMuch: 'Wachtende bestanden mogen samen {size} zijn. Verstuur eerst deze.',
  empty: '{name} is leeg.',
  unreadable: '{name} kan niet worden gelezen.',
  refused: {
    quota: 'Er is nu geen plaats voor meer bestanden.',
    too_large: 'Dit is te groot om te versturen.',
    not_found: 'Hier kun je geen bestanden versturen.',
    unknown_type: 'Hier kun je geen bestanden versturen.',
    other: 'Het bestand kon niet worden verstuurd.',
  },
  viewer: 'Afbeeldingen',
  close: 'Sluiten',
  next: 'Volgende afbeelding',
  previous: 'Vorige afbeelding',
  zoomIn: 'Inzoomen',
  zoomOut: 'Uitzoomen',
  place: '{n} van {size}',
  missing: 'Deze afbeelding kan niet worden getoond.',
};
