import { afterEach, expect, test } from 'vitest';
import { FakeClock } from '../../server/testing/fake-clock.ts';
import { memoryOutbox } from '../stores/memory.ts';
import type { Outgoing, Put } from './outgoing.ts';
import type { StoredAction } from './ports.ts';
import { type Chatting, chatting } from './staged-chat.ts';
import { fact, message, openedPage, tick } from './staged-friend.ts';
import { Uploads } from './uploads.ts';

/** One PUT as a test answers it. */
interface Request {
  readonly at: number;
  readonly size: number;
  readonly signal: AbortSignal;
  readonly progress: (there: number) => void;
  answer(put: Partial<Put>): Promise<void>;
  cut(): Promise<void>;
}

interface Sending extends Chatting<FakeClock> {
  readonly puts: readonly Request[];
  /** Lets time go by in small steps, so that what it sets off is answered. */
  passes(ms: number): Promise<void>;
  /** Lets the friend grant the file that was offered last. */
  grants(at?: number): Promise<void>;
  sends(text: string, ...files: Outgoing[]): Promise<void>;
}

const locks = new Map<string, Promise<void>>();
/** What the next locks break with. */
const faults: Error[] = [];
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  locks.clear();
});

async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await tick();
}

/** Somebody who is online in `c_1`; what he sends waits in `rows`. */
async function sending(rows: Map<string, StoredAction> = new Map(), tab?: string): Promise<Sending> {
  const puts: Request[] = [];
  const clock = new FakeClock();
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const all: Chatting<FakeClock> = chatting(clock, 'c_1', new Map(), {
    random,
    outbox: memoryOutbox(rows, tab),
    files: async (session, state) =>
      new Uploads(
        { session, state, clock, random, ask: (type, body) => all.chat.ask(type, body) },
        {
          put: (_upload, blob, at, signal, progress) =>
            new Promise((resolve, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason));
              puts.push({
                ...{ at, size: blob.size, signal, progress },
                answer: (put) => {
                  resolve({ status: 204, complete: false, ...put });
                  return settle();
                },
                cut: () => {
                  reject(new Error('cut'));
                  return settle();
                },
              });
            }),
          alone: (name, _signal, task) => {
            const fault = faults.shift();
            if (fault) return Promise.reject(fault);
            const turn = (locks.get(name) ?? Promise.resolve()).then(task);
            locks.set(
              name,
              turn.catch(() => undefined),
            );
            return turn;
          },
        },
      ),
  });
  ends.push(() => all.chat.destroy());
  all.chat.act('panel.open', {});
  await all.friend.welcomes();
  all.friend.tells(...openedPage({ to: 1 }, [message(1)], { re: all.friend.last('conversation.open').id }));
  await settle();
  return Object.assign(all, {
    puts,
    async grants(at = 0) {
      const { id, body } = all.friend.last('file.offer');
      all.friend.tells(fact('file.granted', { file: body.file, upload: 'files/x', until: 1e15, at }, id));
      await settle();
    },
    async passes(ms: number) {
      for (let passed = 0; passed < ms; passed += 1_000) {
        clock.pass(1_000);
        await settle();
      }
    },
    async sends(text: string, ...files: Outgoing[]) {
      const ready = files.map((file) => Promise.resolve(file));
      all.chat.act('message.send', { ref: 'c_1', text, ...(files.length > 0 ? { files: ready } : {}) });
      await settle();
    },
  });
}

function file(name: string, size = 1_000): Outgoing {
  return { name, type: 'text/plain', blob: new Blob(['x'.repeat(size)]) };
}

function sent({ friend }: Sending): readonly unknown[] {
  return friend.actions.flatMap((action) => (action.type === 'message.send' ? [action.body.text] : []));
}

/** How far the files that wait have got. */
function there({ chat }: Sending): readonly number[] {
  return Object.values(chat.view.uploads ?? {});
}

function namesOf(extras: unknown): readonly { readonly id: string }[] {
  const { files = [] } = Object(extras) as { readonly files?: readonly { readonly id: string }[] };
  return files;
}

test('shows a message at once, tells how far its file has got, and sends it when all of it is there', async () => {
  const ann = await sending();

  await ann.sends('look', file('a.txt'));
  const shown = ann.chat.view.waiting.map(({ text, state }) => [text, state]);
  await ann.grants();
  ann.clock.pass(200);
  ann.puts[0]?.progress(400);
  const [halfway, early] = [there(ann), sent(ann)];
  await ann.puts[0]?.answer({ complete: true, at: 1_000 });

  expect(shown).toEqual([['look', 'waiting']]);
  expect([halfway, early]).toEqual([[400], []]);
  const { file: id } = ann.friend.last('file.offer').body;
  expect(ann.friend.last('message.send').body).toEqual({ conversation: 'c_1', text: 'look', files: [id] });
  expect(there(ann)).toEqual([]);
});

test('tells that a message has left once it is in the outbox, and when there is nothing to send', async () => {
  const ann = await sending();
  const told: unknown[] = [];
  const left = (isKept: boolean) => told.push([isKept, ann.chat.view.waiting.map(({ text }) => text)]);

  ann.chat.act('message.send', { ref: 'c_1', text: 'look', files: [Promise.resolve(file('a.txt'))], left });
  ann.chat.act('message.send', { ref: 'c_1', text: '', files: [Promise.reject(new Error('unreadable'))], left });
  const early = told.length;
  await settle();

  expect(early).toBe(0);
  expect(told).toContainEqual([true, ['look']]);
  expect(told).toContainEqual([false, expect.anything()]);
});

test('goes on where the bytes ended after a cut, as the friend says', async () => {
  const ann = await sending();
  await ann.sends('', file('a.txt'));
  await ann.grants();

  await ann.puts[0]?.cut();
  await ann.passes(1_000);
  await ann.grants(600);
  await ann.puts[1]?.answer({ status: 409, at: 700 });
  await ann.puts[2]?.answer({ complete: true, at: 1_000 });

  expect(ann.puts.map(({ at }) => at)).toEqual([0, 600, 700]);
  expect(sent(ann)).toEqual(['']);
});

test('keeps the order within the conversation, and fails one message alone where a file is refused', async () => {
  const ann = await sending();
  await ann.sends('first', file('a.txt'));
  await ann.sends('second');
  const before = sent(ann);

  ann.friend.refuses(ann.friend.last('file.offer').id, 'too_large');
  await settle();

  expect([before, sent(ann)]).toEqual([[], ['second']]);
  expect(ann.chat.view.waiting[0]).toMatchObject({ text: 'first', state: 'failed', code: 'too_large' });
  ann.chat.act('message.retry', { id: ann.chat.view.waiting[0]?.id ?? '' });
  await settle();
  expect(ann.friend.types.filter((type) => type === 'file.offer')).toHaveLength(2);
});

test('gives a file up after 413, and waits as long as it is told after 503', async () => {
  const ann = await sending();
  await ann.sends('', file('a.txt'));
  await ann.grants();

  await ann.puts[0]?.answer({ status: 503, retryAfter: 60_000 });
  await ann.passes(59_000);
  const early = ann.friend.types.filter((type) => type === 'file.offer').length;
  await ann.passes(1_000);
  await ann.grants();
  await ann.puts[1]?.answer({ status: 413 });

  expect(early).toBe(1);
  expect(ann.chat.view.waiting[0]).toMatchObject({ state: 'failed', code: 'too_large' });
});

test('waits for the link without counting, and begins nothing anew for what has left', async () => {
  const ann = await sending();
  await ann.sends('', file('a.txt'));
  ann.friend.ends('lost');
  await settle();
  const offline = ann.puts.length;

  ann.chat.act('link.retry', {});
  await ann.friend.welcomes();
  await ann.passes(1_000);
  await ann.grants(1_000);
  await ann.puts[0]?.answer({ complete: true, at: 1_000 });

  expect(offline).toBe(0);
  expect(ann.puts.map(({ at }) => at)).toEqual([1_000]);
  expect(sent(ann)).toEqual(['']);
});

test('holds one file back and sends the others, and drops a message of which nothing is left', async () => {
  const ann = await sending();
  await ann.sends('', file('a.txt'), file('b.txt', 5));
  await ann.grants();
  const [waiting] = ann.chat.view.waiting;
  const [first, second] = namesOf(waiting?.extras).map(({ id }) => id);

  ann.chat.act('files', { cancel: { message: waiting?.id ?? '', file: first ?? '' } });
  await settle();
  await ann.grants();

  expect(ann.puts[0]?.signal.aborted).toBe(true);
  expect(ann.friend.last('file.offer').body).toMatchObject({ file: second, name: 'b.txt' });
  ann.chat.act('files', { cancel: { message: waiting?.id ?? '', file: second ?? '' } });
  await settle();
  expect(ann.chat.view.waiting).toEqual([]);
});

test('goes on after a reload with the bytes that were kept', async () => {
  const rows = new Map<string, StoredAction>();
  const before = await sending(rows);
  await before.sends('kept', file('a.txt'));
  await before.grants();
  await before.chat.destroy();
  locks.clear();

  const ann = await sending(rows);
  await ann.grants(300);
  await ann.puts[0]?.answer({ complete: true, at: 1_000 });

  expect(ann.puts.map(({ at, size }) => [at, size])).toEqual([[300, 1_000]]);
  expect(sent(ann)).toEqual(['kept']);
});

test('lets one tab at a time put the bytes of a message', async () => {
  const rows = new Map<string, StoredAction>();
  const ann = await sending(rows, 'one');
  await ann.sends('twice', file('a.txt'));
  await ann.grants();

  const other = await sending(rows, 'other');

  expect(other.chat.view.waiting).toHaveLength(1);
  expect(other.friend.types).not.toContain('file.offer');
  await ann.puts[0]?.answer({ complete: true, at: 1_000 });
  await settle();
  expect(other.friend.types).toContain('file.offer');
});

test('gives up after eight tries that bring nothing further', async () => {
  const ann = await sending();
  await ann.sends('', file('a.txt'));

  for (let tries = 0; tries < 8; tries += 1) {
    await ann.grants();
    await ann.puts.at(-1)?.cut();
    await ann.passes(30_000);
  }

  expect(ann.chat.view.waiting[0]).toMatchObject({ state: 'failed', code: 'failed' });
});

test('fails a message whose sending broke for no known reason, and lets it be tried again', async () => {
  const ann = await sending();
  faults.push(new Error('broken'));
  await ann.sends('look', file('a.txt'));
  const broken = ann.chat.view.waiting.map(({ state, code }) => [state, code]);

  ann.chat.act('message.retry', { id: ann.chat.view.waiting[0]?.id ?? '' });
  await settle();
  await ann.grants();
  await ann.puts[0]?.answer({ complete: true, at: 1_000 });

  expect(broken).toEqual([['failed', 'failed']]);
  expect(sent(ann)).toEqual(['look']);
});
