import * as v from 'valibot';
import { Secret } from './actions.ts';

/*
 * What an XMPP account says to the friend in a frame, over the stream that its server has authenticated: a type beside those
 * of the widget, which never loads it.
 */
export const accountActions = {
  /**
   * Lets a browser in as this account's user, by the device secret that it opens its own connections with from then on.
   * Answered by `account.entered`; `not_found` for an account that does not answer for the site.
   */
  'account.enter': v.strictObject({ secret: Secret }),
} as const;
