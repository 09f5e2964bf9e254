import { append, type Effect, tell } from '../../core/effect.ts';
import { checkOffer } from '../../core/offer.ts';
import type { PluginHost } from '../../core/plugin.ts';
import type { Effects, ReactionContext } from '../../core/rule.ts';
import type { Asked } from './bot.ts';
import { Calls, limited } from './calls.ts';
import type { FlowCoverage } from './coverage.ts';
import { blank, type Kept, type Memory, recall, remember, type Whose } from './dialogue.ts';
import { timed } from './expiry.ts';
import type { Flow } from './flow.ts';
import { handedOver, isTaken, quietFor } from './hand-off.ts';
import type { Heard } from './place.ts';
import { languageOf, textsOf } from './speech.ts';
import { type Turn, turn } from './turn.ts';
import type { Line, Walking } from './walk.ts';

/** The longest that a bot seems to type, milliseconds. */
const longestTyping = 3_000;

/** What a bot's own code may take for one word in all, milliseconds. */
const longestTurn = 26_000;

/** Lets bots answer: decides, seems to type, and hands out what is stored. */
export class Speaker {
  readonly #host: PluginHost;
  readonly #coverage: FlowCoverage | undefined;
  readonly #calls: Calls;

  constructor(host: PluginHost, coverage: FlowCoverage | undefined) {
    this.#host = host;
    this.#coverage = coverage;
    this.#calls = new Calls(host.clock);
  }

  /** What is stored and told because of what a bot has heard. */
  async answers(heard: Heard, context: ReactionContext): Promise<Effects> {
    const { read, now } = context;
    const { bot } = heard;
    const desk = this.#host.offered('desk');
    const kept = await recall(read, whoseOf(heard));
    const { memory } = kept;
    if (await isTaken(read, heard, desk)) return memory?.dialogue === undefined ? [] : this.#kept(heard, kept, blank);
    if (heard.kind === 'support' && heard.speaker.kind === 'colleague')
      return desk === undefined ? this.#kept(heard, kept, { ...blank, quietUntil: now + quietFor }) : [];
    if ((memory?.quietUntil ?? 0) > now) return [];
    const spoken = await this.#turned(heard, kept.memory, context);
    if (spoken === undefined) return [];
    const { tongue, texts, turned } = spoken;
    const handed = await handedOver({ read, heard, desk, texts, tongue, now }, turned);
    const lines = [...turned.lines, ...handed.lines].filter(({ text, extras }) => text !== '' || extras !== undefined);
    const typed = await this.#types(heard, lines);
    // Somebody may have taken it while the bot was typing.
    if (typed.length > 0 && (await isTaken(read, heard, desk))) return typed;
    return [
      ...(lines.length > 0 || handed.effects.length > 0 ? heard.enter.map((one) => by(one, bot.user)) : []),
      ...lines.map((line) => this.#said(heard, line)),
      ...turned.effects,
      ...handed.effects,
      ...this.#kept(heard, kept, handed.memory),
      ...typed,
    ];
  }

  async #turned(heard: Heard, memory: Memory | undefined, context: ReactionContext) {
    const { bot, speaker, conversation, said } = heard;
    const tongue = languageOf(bot, speaker, memory?.dialogue?.values);
    const texts = textsOf(bot, tongue);
    const text = said.kind === 'text' ? said.text : '';
    const about = { user: speaker, conversation, text, language: tongue.language, found: {}, bot: bot.user };
    const asked: Asked = { ...context, ...about, offered: (name) => this.#host.offered(name) };
    const walking = (flow: Flow): Walking => this.#walking(heard, asked, flow);
    try {
      const run = (): Promise<Turn | undefined> => turn({ heard, memory, asked, texts, tongue, walking });
      const turned = await limited(this.#host.clock, longestTurn, run);
      return turned === undefined ? undefined : { tongue, texts, turned };
    } catch (error) {
      const { log, seq } = context.fact;
      this.#host.count('failed');
      this.#host.log.error('A bot failed', { bot: bot.name, log, seq, error: String(error) });
      if (!heard.isAddressed) return undefined;
      const turned: Turn = { lines: [{ text: texts.failed }], effects: [], memory: memory ?? blank };
      return { tongue, texts, turned };
    }
  }

  #walking(heard: Heard, asked: Asked, flow: Flow): Walking {
    const { bot, conversation, speaker } = heard;
    const { fact, now, language } = asked;
    const tongue = { language, fallback: bot.language ?? 'en' };
    return {
      ...{ flow, tongue, texts: textsOf(bot, tongue), now, seq: fact.seq },
      timer: `bot ${bot.name} ${conversation} ${fact.seq}`,
      entered: (step) => this.#coverage?.reached(flow.name, step),
      call: (name, step, values) => {
        this.#typing(heard, true);
        const key = `${bot.name} ${fact.log}:${fact.seq} ${flow.name}.${name}`;
        const calling = { ...asked, values, user: speaker.id, conversation, language, key };
        return this.#calls.run(step, calling, (error) =>
          this.#host.log.warn('A call of a flow failed', { flow: flow.name, step: name, error: String(error) }),
        );
      },
    };
  }

  /** Waits as long as the text takes to type; what is told at the end of it. Only this conversation waits. */
  async #types(heard: Heard, lines: readonly Line[]): Promise<Effects> {
    const { typing } = heard.bot;
    if (typing === undefined || lines.length === 0) return [];
    const characters = lines.reduce((sum, { text }) => sum + text.length, 0);
    this.#typing(heard, true);
    const ms = Math.min(longestTyping, Math.round((characters / typing) * 1_000));
    await new Promise<void>((resolve) => this.#host.clock.after(ms, resolve));
    return [this.#told(heard, false)];
  }

  #typing(heard: Heard, on: boolean): void {
    this.#host.soon(`${heard.bot.name} types in ${heard.conversation}`, 0, () =>
      Promise.resolve([this.#told(heard, on)]),
    );
  }

  #told({ bot, conversation, list }: Heard, on: boolean): ReturnType<typeof tell> {
    const hearing = list === undefined ? [conversation] : [conversation, list];
    return tell({ hearing }, 'typing.changed', { conversation, user: bot.user, on }, bot.user);
  }

  /** A message of the bot. An offer that no widget could show is left out, and its words stay. */
  #said({ bot, conversation, list }: Heard, line: Line): Effect {
    const told = { item: true, by: bot.user, ...(list === undefined ? {} : { list }) };
    try {
      checkOffer(line);
      return append(conversation, 'message.sent', { ...line }, told);
    } catch (error) {
      this.#host.log.error('A bot offers what cannot be shown', { bot: bot.name, error: String(error) });
      return append(conversation, 'message.sent', { text: line.text }, told);
    }
  }

  #kept(heard: Heard, kept: Kept, memory: Memory): Effects {
    const remembered = remember(kept, memory);
    const isSame = remembered.put.table === 'state' && remembered.put.row.value === kept.json;
    if (isSame) return [];
    return [remembered, ...timed(heard.bot, kept.whose, kept.memory?.dialogue, memory.dialogue)];
  }
}

/** In a group everybody has a dialogue of his own; elsewhere it is his with whom the conversation began. */
function whoseOf({ bot, kind, conversation, speaker }: Heard): Whose {
  const [one, other] = conversation
    .replace(/^c_(support|direct)_/, '')
    .split('_')
    .map((id) => `u_${id}`);
  const began = one === bot.user ? other : one;
  return { person: kind === 'group' ? speaker.id : (began ?? speaker.id), bot: bot.name, conversation };
}

function by(effect: Effect, user: string): Effect {
  return effect.do === 'append' ? { ...effect, by: user } : effect;
}
