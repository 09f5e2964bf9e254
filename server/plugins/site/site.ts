import type { Plugin } from '../../core/plugin.ts';
import { erasures } from './erasure.ts';
import { exporting } from './export.ts';
import { finding, repeating } from './find.ts';
import { histories } from './history.ts';
import { profiles } from './profile.ts';

export interface SiteOptions {
  /** Who signs the site's tokens, as `iss` says it; empty where they name nobody. */
  readonly issuer?: string;
}

/**
 * What the site's own back end may do that no user may: find users, say who they are, read, export and erase them. All
 * types of actions here have no schema, so no client can send them: they come through `inject`.
 */
export function site({ issuer = '' }: SiteOptions = {}): Plugin {
  return {
    name: 'site',
    needs: ['conversations'],
    install(host) {
      finding(host, issuer);
      repeating(host);
      profiles(host, issuer);
      histories(host, issuer);
      exporting(host, issuer);
      erasures(host, issuer);
    },
  };
}
