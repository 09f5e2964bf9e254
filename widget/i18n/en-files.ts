/** The texts of files: loaded with the first of them. */
export const enFiles = {
  chosen: 'Files to send',
  drop: 'Drop files to send them',
  remove: 'Remove {name}',
  cancel: 'Do not send {name}',
  open: 'Show {name}',
  save: 'Save {name}',
  gone: 'No longer there',
  sending: '{n} of {size}',
  tooLarge: '{name} is larger than {size}.',
  tooMany: 'A message takes up to {n} files.',
  tooMuch: 'Files that wait may have {size} in all. Send these first.',
  empty: '{name} is empty.',
  unreadable: '{name} cannot be read.',
  refused: {
    quota: 'There is no room for more files right now.',
    too_large: 'This is too large to be sent.',
    not_found: 'Files cannot be sent here.',
    unknown_type: 'Files cannot be sent here.',
    other: 'The file could not be sent.',
  },
  viewer: 'Pictures',
  close: 'Close',
  next: 'Next picture',
  previous: 'Previous picture',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  place: '{n} of {size}',
  missing: 'This picture cannot be shown.',
} as const satisfies Record<string, string | Readonly<Record<string, string>>>;

type Worded<T> = { readonly [K in keyof T]: T[K] extends string ? string : Worded<T[K]> };

/** What every other language gives for files. */
export type FilesTexts = Worded<typeof enFiles>;
