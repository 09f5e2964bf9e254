/** Words that visitors read; `{place}`, `{minutes}` and `{time}` are filled in. An empty one is not said. */
export interface DeskTexts {
  /** The name under which the desk speaks. */
  readonly name: string;
  readonly place: string;
  readonly placeMinute: string;
  readonly placeMinutes: string;
  /** Out of hours; `{time}` is the next opening. */
  readonly away: string;
  /** Out of hours, where nobody knows when somebody is back. */
  readonly awayLong: string;
  /** Within hours, but nobody is there. */
  readonly nobody: string;
  readonly closed: string;
  readonly rate: string;
  /** After a rating. */
  readonly thanks: string;
  readonly comment: string;
  readonly send: string;
}

const english: DeskTexts = {
  name: 'Support',
  place: 'Number {place} in line',
  placeMinute: 'Number {place} in line, about a minute',
  placeMinutes: 'Number {place} in line, about {minutes} minutes',
  away: 'We are closed now. Your message is kept, and we answer from {time}.',
  awayLong: 'We are closed now. Your message is kept, and we answer here.',
  nobody: 'Nobody is free right now. Your message is kept, and we answer here.',
  closed: 'This conversation is closed. Write again if there is more.',
  rate: 'How was our help, from 1 to 5?',
  thanks: 'Thank you. Is there something you want to add?',
  comment: 'Your words',
  send: 'Send',
};

const german: DeskTexts = {
  name: 'Kundendienst',
  place: 'Platz {place} in der Schlange',
  placeMinute: 'Platz {place} in der Schlange, etwa eine Minute',
  placeMinutes: 'Platz {place} in der Schlange, etwa {minutes} Minuten',
  away: 'Wir haben geschlossen. Ihre Nachricht ist da, wir antworten ab {time}.',
  awayLong: 'Wir haben geschlossen. Ihre Nachricht ist da, wir antworten hier.',
  nobody: 'Gerade ist niemand frei. Ihre Nachricht ist da, wir antworten hier.',
  closed: 'Dieses Gespräch ist geschlossen. Schreiben Sie, wenn noch etwas ist.',
  rate: 'Wie war unsere Hilfe, von 1 bis 5?',
  thanks: 'Danke. Möchten Sie noch etwas dazu sagen?',
  comment: 'Ihre Worte',
  send: 'Senden',
};

/** What is shipped, by the language of BCP 47. */
export const shippedTexts: Readonly<Record<string, DeskTexts>> = { en: english, de: german };

/** Texts in the language asked for, or in a wider one (`de-CH`, `de`), or in the fallback; what is missing there in English. */
export function textsIn(
  texts: Readonly<Record<string, Partial<DeskTexts>>>,
  language: string | undefined,
  fallback: string,
): DeskTexts {
  for (const wanted of [language, language?.split('-')[0], fallback, fallback.split('-')[0]]) {
    if (wanted === undefined) continue;
    const shipped = Object.hasOwn(shippedTexts, wanted) ? shippedTexts[wanted] : undefined;
    const own = Object.hasOwn(texts, wanted) ? texts[wanted] : undefined;
    if (shipped !== undefined || own !== undefined) return { ...english, ...shipped, ...own };
  }
  return english;
}

/** Puts values into a text. */
export function filledIn(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => (Object.hasOwn(values, key) ? String(values[key]) : whole));
}
