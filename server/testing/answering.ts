import type { Answered, Asking, Fetch } from '../core/ports.ts';
import { webFetch } from '../fetch/web.ts';

/** What an address answers with: `json`, or `text`; 200 where there is no `status`. */
export interface Answering {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
}

/**
 * The web of a test: what each address answers, nothing where nobody does; or `web`, the runtime's own `fetch`, which MSW can
 * intercept.
 */
export type Web = 'web' | ((url: string, asking: Asking) => Answering | undefined | Promise<Answering | undefined>);

/** What reactions reach by `context.fetch`. It rejects for an address that nobody answers for, and says so. */
export function fetchOf(web: Web | undefined): Fetch {
  if (web === 'web') return webFetch();
  return async (url, asking) => {
    const answering = await web?.(url, asking);
    if (answering === undefined)
      throw new Error(`Nobody answers for ${url}: say what it answers, testChat(config, { web }).`);
    return answered(answering);
  };
}

function answered({ headers = {}, json, status = 200, text = JSON.stringify(json) ?? '' }: Answering): Answered {
  return { status, ok: status >= 200 && status < 300, headers, text, json: () => JSON.parse(text) as unknown };
}
