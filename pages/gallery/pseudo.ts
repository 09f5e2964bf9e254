import type { Words } from '../../widget/embed/staged.ts';

const accents = new Map(
  [...'aeiouycnsdglrtzAEIOUYCNSDGLRTZ'].map((plain, i) => [plain, [...'áéíóúýćńśďǵĺŕťźÁÉÍÓÚÝĆŃŚĎǴĹŔŤŹ'][i]]),
);

/** Words of no language: `accented` makes each text longer by 40 %, `rtl` writes it in a script from right to left. */
export const pseudo: Readonly<Record<'accented' | 'rtl', Words>> = {
  accented: (_area, english) => altered(english, accented),
  rtl: (_area, english) => altered(english, rightToLeft),
};

function accented(text: string): string {
  const said = outsideGaps(text, (plain) => [...plain].map((letter) => accents.get(letter) ?? letter).join(''));
  const more = Math.ceil(text.replaceAll(/\{\w+\}/g, '').length * 0.4);
  return `${said} ${'ẍẍẍẍẍ '.repeat(Math.ceil(more / 6)).slice(0, more)}`.trim();
}

function rightToLeft(text: string): string {
  return outsideGaps(text, (plain) =>
    plain.replaceAll(
      /[a-z]/gi,
      (letter) => 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'[letter.toLowerCase().charCodeAt(0) - 97] ?? letter,
    ),
  );
}

function outsideGaps(text: string, change: (plain: string) => string): string {
  return text
    .split(/(\{\w+\})/)
    .map((part, i) => (i % 2 === 1 ? part : change(part)))
    .join('');
}

const made = new WeakMap<object, Map<unknown, object>>();

function altered<T extends object>(texts: T, change: (text: string) => string): T {
  const kept = made.get(texts) ?? new Map<unknown, object>();
  made.set(texts, kept);
  const found = kept.get(change) ?? deep(texts, change);
  kept.set(change, found);
  return found as T;
}

function deep(texts: object, change: (text: string) => string): object {
  const entries = Object.entries(texts).map(([name, text]) => [
    name,
    typeof text === 'string' ? change(text) : typeof text === 'object' && text !== null ? deep(text, change) : text,
  ]);
  return Object.fromEntries(entries);
}
