/** `import { append, defineConfig } from 'befriend/server'`: what a site's own logic is written with. */
/** Schemas of a team's own events are written with `v`, which is valibot. */
export * as v from 'valibot';
export type { AskAnswer, AskAnswered } from '../core/asks.ts';
export { definePlugin } from '../core/define-plugin.ts';
export {
  answer,
  append,
  ask,
  type Effect,
  ignore,
  put,
  type Question,
  refuse,
  schedule,
  send,
  tell,
  unschedule,
} from '../core/effect.ts';
export { type Catalogue, defineEvents, type Events } from '../core/events.ts';
export type { Friend } from '../core/friend.ts';
export type { Plugin, PluginHost } from '../core/plugin.ts';
export type { KeptBy, KeptOnce, PluginState, StateShape } from '../core/plugin-state.ts';
export { type RelationKind, type RelationSlots, shippedRelations } from '../core/relation-kinds.ts';
export { type Role, type Roles, shippedRoles } from '../core/roles.ts';
export type {
  Context,
  Effects,
  Middleware,
  PlacedReaction,
  PlacedRule,
  Reaction,
  ReactionContext,
  ReactionOptions,
  Rule,
} from '../core/rule.ts';
export type { Trace } from '../core/trace.ts';
export type { Placed, Where } from '../core/where.ts';
export { type Holiday, type Hours, type HoursPlan, hoursOf, type Span, type Weekday } from '../hours/hours.ts';
export { type Assistant, ai } from '../plugins/ai/ai.ts';
export type { AiOptions, AiTexts, AnswersOptions, Budget } from '../plugins/ai/options.ts';
export { type ActingTool, type LookingTool, type Tool, type ToolAsking, tool } from '../plugins/ai/tool.ts';
export { type Argument, argument } from '../plugins/bots/arguments.ts';
export {
  type Answering,
  type Asked,
  type Bot,
  type BotOptions,
  bot,
  type Command,
  command,
  type Fallback,
  type Keyword,
  type Pattern,
  type Reply,
} from '../plugins/bots/bot.ts';
export { type BotsOptions, bots } from '../plugins/bots/bots.ts';
export { checkFlow, type FlowProblem } from '../plugins/bots/check-flow.ts';
export { type Drawing, drawFlow } from '../plugins/bots/draw-flow.ts';
export { type Flow, type FlowOptions, flow } from '../plugins/bots/flow.ts';
export { type Called, type Calling, type Step, step } from '../plugins/bots/step.ts';
export type { BotTexts } from '../plugins/bots/texts.ts';
export type { Value, Values, Words } from '../plugins/bots/words.ts';
export type {
  Assignment,
  ColleagueOptions,
  DeskOptions,
  QueueOptions,
} from '../plugins/desk/options.ts';
export type { DeskTexts } from '../plugins/desk/texts.ts';
export type { Webhook, WebhookEvent } from '../plugins/hooks/webhook.ts';
export { webhooks } from '../plugins/hooks/webhooks.ts';
export type { From, ProactiveMessage, ProactiveOptions, When } from '../plugins/proactive/options.ts';
export { proactive } from '../plugins/proactive/proactive.ts';
export { type Config, defineConfig } from './config.ts';
