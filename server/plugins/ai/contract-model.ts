import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';

/** What a fake model says: words, or calls of tools by name with their arguments. */
export type Says =
  | string
  | { readonly calls: readonly (readonly [name: string, args: unknown])[]; readonly words?: string }
  | { readonly raw: () => Response | Promise<Response> };

/** A question as it came over HTTP. */
export interface Asked {
  readonly model: string;
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | null;
    readonly tool_calls?: unknown;
  }[];
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters: unknown } }[];
  readonly tool_choice?: string;
  readonly max_tokens?: number;
}

/** A model behind an endpoint of chat completions, at `https://model.example/v1`. */
export class FakeModel {
  readonly asked: Asked[] = [];
  readonly keys: (string | null)[] = [];
  /** Tokens that it says each answer costs. */
  tokens: unknown = 100;
  #say: (asked: Asked, nth: number) => Says = () => 'Hello.';
  readonly #server = setupServer(
    http.post('https://model.example/v1/chat/completions', async ({ request }) => {
      const asked = (await request.json()) as Asked;
      this.asked.push(asked);
      this.keys.push(request.headers.get('authorization'));
      const says = this.#say(asked, this.asked.length);
      if (typeof says === 'object' && 'raw' in says) return says.raw();
      return HttpResponse.json({ choices: [{ message: messageOf(says) }], usage: { total_tokens: this.tokens } });
    }),
  );

  constructor() {
    this.#server.listen({ onUnhandledFrame: 'error' });
  }

  /** What it answers from now on, by what it is asked and how often it was. */
  says(say: Says | ((asked: Asked, nth: number) => Says)): this {
    this.#say = typeof say === 'function' ? say : () => say;
    return this;
  }

  /** What tools have told it with its newest question, the newest last. */
  get told(): unknown[] {
    const { messages = [] } = this.asked.at(-1) ?? {};
    return messages
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => JSON.parse(content ?? 'null') as unknown);
  }

  close(): void {
    this.#server.close();
  }
}

function messageOf(says: Exclude<Says, { raw: unknown }>): object {
  if (typeof says === 'string') return { role: 'assistant', content: says };
  const calls = says.calls.map(([name, args], nth) => ({
    id: `theirs_${nth}`,
    type: 'function',
    function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
  }));
  return { role: 'assistant', content: says.words ?? null, tool_calls: calls };
}
