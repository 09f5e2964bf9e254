import type { Forms, Texts } from './en.ts';
import type { enAttention } from './en-attention.ts';
import type { enEmoji } from './en-emoji.ts';
import type { enFiles } from './en-files.ts';
import type { enMessage } from './en-message.ts';
import type { enPage } from './en-page.ts';
import type { enPeople } from './en-people.ts';
import type { enSearch } from './en-search.ts';

/** The same names as `T`, with words of another language; a text with forms has those of that language. */
export type TextsOf<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : keyof T[K] extends Intl.LDMLPluralRule
      ? Forms
      : TextsOf<T[K]>;
};

/** The texts of every area, by the name that `env.words` is asked for. */
export interface Areas {
  readonly base: Texts;
  readonly message: TextsOf<typeof enMessage>;
  readonly emoji: TextsOf<typeof enEmoji>;
  readonly attention: TextsOf<typeof enAttention>;
  readonly files: TextsOf<typeof enFiles>;
  readonly search: TextsOf<typeof enSearch>;
  readonly page: TextsOf<typeof enPage>;
  readonly people: TextsOf<typeof enPeople>;
}

/** One language, whole: what misses a text does not compile. */
export interface Language extends Areas {
  /** What it is called in itself. */
  readonly name: string;
  /** Whether somebody who speaks it from home has read all of it. */
  readonly reviewed: boolean;
}

type Some<T> = T extends string ? string : { readonly [K in keyof T]?: Some<T[K]> };

/** Words of a page's own in place of ours: by area and name, as many of them as it likes. */
export type OwnTexts = Some<Areas>;

/** Gives the words of an area: a language's, where it is loaded, else the English ones that it was asked with. */
export type Words = <T extends object>(area: string, english: T) => T;
