import type { Forms } from './en.ts';

/** Puts `name` in place of `{name}`. */
export function withName(text: string, name: string): string {
  return text.replace('{name}', () => name);
}

/** The form of `forms` that `locale` uses for `n`, with the number written as that language writes it. */
export function withCount(forms: Forms, n: number, locale: string): string {
  const text = forms[new Intl.PluralRules(locale).select(n)] ?? forms.other;
  return text.replace('{n}', new Intl.NumberFormat(locale).format(n));
}

/** Which way the script of a locale runs; to be set as `dir`. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /^(ar|ckb|dv|fa|he|iw|ks|ps|sd|ug|ur|yi)\b/i.test(locale) ? 'rtl' : 'ltr';
}
