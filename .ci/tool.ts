import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The folder of the project. */
export const root = join(import.meta.dirname, '..');

/** How a tool ended. */
export interface ToolResult {
  /** Its exit code; 1 where a signal ended it or it could not be started. */
  readonly code: number;
  /** Standard output and error as they came, empty where they were streamed. */
  readonly output: string;
  readonly seconds: number;
}

export interface ToolOptions {
  /** True: what it prints is seen at once, and not kept. */
  readonly stream?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the tool with SIGTERM. */
  readonly signal?: AbortSignal;
}

/** Runs one tool of `node_modules/.bin`, or any other program, in the folder of the project. Never rejects. */
export function runTool(words: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  const [program = '', ...rest] = words;
  const start = performance.now();
  const path = [join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(program, rest, {
    cwd: root,
    env: { ...process.env, ...options.env, PATH: path },
    stdio: options.stream ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: 'SIGTERM' as const }),
  });
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => pieces.push(text));
  return new Promise((resolve) => {
    const end = (code: number): void =>
      resolve({ code, output: pieces.join(''), seconds: (performance.now() - start) / 1_000 });
    child.once('error', (error) => {
      pieces.push(`${program}: ${error.message}\n`);
      if (child.pid === undefined) end(1);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}
