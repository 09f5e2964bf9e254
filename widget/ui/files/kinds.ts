/** What a file is, as far as its glyph and its preview tell. */
export type Kind = 'picture' | 'film' | 'sound' | 'text' | 'archive' | 'file';

/** Pictures that a page may show; whatever else is called a picture is a file like others. */
const shown = /^image\/(png|jpeg|gif|webp|avif)$/;

/** What a media type stands for. */
export function kindOf(type: string): Kind {
  if (shown.test(type)) return 'picture';
  if (/^video\//.test(type)) return 'film';
  if (/^audio\//.test(type)) return 'sound';
  if (/pdf|^text\/|document|sheet|presentation|word/.test(type)) return 'text';
  return /zip|tar|compressed/.test(type) ? 'archive' : 'file';
}

/** Bytes as a person reads them: “1.4 MB”. A megabyte is 1024 × 1024 bytes here, as the limits count. */
export function sizeWords(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  const power = bytes < 1_000 ? 0 : bytes < 1_000 * 1_024 ? 1 : 2;
  const value = bytes / 1_024 ** power;
  const maximumFractionDigits = power > 0 && value < 10 ? 1 : 0;
  const unit = units[power] ?? 'byte';
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits,
  }).format(value);
}
