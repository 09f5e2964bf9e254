import type { FromRun, ToRun } from '../messages.ts';
import { type CodeFault, compiled, firstOdd } from './compiled.ts';
import { blank, type Draft, type Drawer, longestCode } from './draft.ts';

/** How long logic may take to start before somebody is told, milliseconds. */
const patience = 8_000;

/** What is written, whether it runs, and what is wrong with it. */
export class Workbench {
  readonly #drawer: Drawer;
  readonly #listeners = new Set<() => void>();
  #draft: Draft;
  #edition = 0;
  #fault: CodeFault | undefined;
  #said = '';
  #isReady = false;
  #wanted = 0;
  #ran: string | undefined;
  #ask: ((message: ToRun) => void) | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  #test: ((text: string) => void) | undefined;

  /** `given` came with a link: it is shown, and runs when somebody wants it to. */
  constructor(drawer: Drawer, given?: Draft) {
    this.#drawer = drawer;
    this.#draft = given ?? drawer.draft ?? blank;
    if (given !== undefined) this.#said = 'This code came with a link. Read it, then press Run.';
    else if (drawer.isStuck) this.#said = 'The last run did not come to an end. Mend it, then press Run.';
    else this.#wanted = 1;
  }

  get draft(): Draft {
    return this.#draft;
  }

  /** Another with each text that does not come from the editor. */
  get edition(): number {
    return this.#edition;
  }

  /** What stands against the last run. */
  get fault(): CodeFault | undefined {
    return this.#fault;
  }

  get said(): string {
    return this.#said;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The frame in which logic runs; another one begins with nothing. */
  speaksTo(ask: (message: ToRun) => void): void {
    this.#ask = ask;
    this.#isReady = false;
  }

  write(code: string): void {
    if (code === this.#draft.code) return;
    this.#draft = { ...this.#draft, code };
    this.#drawer.keep(this.#draft);
    this.#tell();
  }

  /** Begins with another text, and runs it. */
  begin(draft: Draft): void {
    this.#draft = draft;
    this.#edition += 1;
    this.#drawer.keep(draft);
    this.run();
  }

  /** Shows what came with a link. */
  show(draft: Draft): void {
    this.#draft = draft;
    this.#edition += 1;
    this.say('This code came with a link. Read it, then press Run.');
  }

  /** Lets what is written run in place of what runs; where it has a fault, that goes on. */
  run(): void {
    const { code, conversation } = this.#draft;
    this.#drawer.keep(this.#draft);
    if (code.length > longestCode) return this.#fails({ message: `Longer than ${longestCode} characters.` });
    const made = compiled(code);
    if ('fault' in made) return this.#fails(made.fault);
    this.#wanted += 1;
    if (!this.#isReady) return this.say('It runs as soon as the page is ready.');
    const id = this.#wanted;
    clearTimeout(this.#late);
    this.#late = setTimeout(() => {
      this.say('It does not come to an end. Mend it, and load this page anew.');
    }, patience);
    this.#drawer.runs(true);
    this.#ran = code;
    this.#ask?.({ ask: 'run', id, js: made.js, conversation });
    this.say('Starting…');
  }

  /** Resolves with a test of what was said, written anew. */
  record(): Promise<string> {
    return new Promise((resolve) => {
      this.#test = resolve;
      this.#ask?.({ ask: 'record' });
    });
  }

  /** Takes what the frame says. */
  hears(message: FromRun): void {
    if (message.said === 'ready') {
      this.#isReady = true;
      if (this.#wanted > 0) this.run();
    }
    if (message.said === 'test') this.#test?.(message.text);
    if (message.said !== 'ran' || message.id !== this.#wanted) return;
    clearTimeout(this.#late);
    this.#drawer.runs(false);
    const { fault } = message;
    if (fault === undefined) {
      this.#fault = undefined;
      this.say('Running.');
    } else this.#fails(fault.isSyntax ? { ...fault, ...firstOdd(this.#ran ?? '') } : fault);
  }

  say(text: string): void {
    this.#said = text;
    this.#tell();
  }

  #fails(fault: CodeFault): void {
    this.#fault = fault;
    this.#ran = undefined;
    this.say(`${fault.line === undefined ? '' : `Line ${fault.line}: `}${fault.message} What ran before goes on.`);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
