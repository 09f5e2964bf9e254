import type { UserRow } from '../../core/rows.ts';
import type { Bot } from './bot.ts';
import { type BotTexts, botTexts } from './texts.ts';
import { inLanguage, type Tongue, type Values } from './words.ts';

const tag = /^[a-z]{2,3}(-[a-z0-9]{1,8}){0,4}$/i;

/**
 * The language of who is spoken to: what the dialogue has gathered as `language`, what the site has signed of him as
 * `language`, `locale` or `lang`, or the bot's own. BCP 47.
 */
export function languageOf(bot: Bot, { attributes = {} }: Pick<UserRow, 'attributes'>, values: Values = {}): Tongue {
  const fallback = bot.language ?? 'en';
  const { language, locale, lang } = attributes;
  const known = [values.language, language, locale, lang].find((one) => typeof one === 'string' && tag.test(one));
  return { language: typeof known === 'string' ? known : fallback, fallback };
}

/** What the bot says by itself in this language: its own texts over the shipped ones. */
export function textsOf({ texts = {} }: Bot, tongue: Tongue): BotTexts {
  const shipped = inLanguage(botTexts, tongue) ?? botTexts.en;
  const own = Object.keys(texts).length === 0 ? undefined : inLanguage(texts, tongue);
  return { ...(shipped as BotTexts), ...own };
}
