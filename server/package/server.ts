/** `import { append, defineConfig } from 'befriend/server'`: what a site's own logic is written with. */
export {
  answer,
  append,
  type Effect,
  ignore,
  put,
  refuse,
  schedule,
  send,
  tell,
  unschedule,
} from '../core/effect.ts';
export { type Catalogue, defineEvents, type Events } from '../core/events.ts';
export type { Friend } from '../core/friend.ts';
export type { Plugin, PluginHost } from '../core/plugin.ts';
export type { Context, Effects, Middleware, Reaction, ReactionContext, Rule } from '../core/rule.ts';
export type { Trace } from '../core/trace.ts';
export { type Holiday, type Hours, type HoursPlan, hoursOf, type Span, type Weekday } from '../hours/hours.ts';
export type { Webhook, WebhookEvent } from '../plugins/hooks/webhook.ts';
export { webhooks } from '../plugins/hooks/webhooks.ts';
export type { Assignment, ColleagueOptions, DeskOptions, QueueOptions } from '../plugins/desk/options.ts';
export type { DeskTexts } from '../plugins/desk/texts.ts';
export { type Config, defineConfig } from './config.ts';
