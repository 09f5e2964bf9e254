import { answerParent, cpuMicros } from '../child.ts';
import { Conversation, type Route, type Seen } from './conversation.ts';
import { visitor } from './visitor.ts';

/** Names of the crowds that one generator keeps connected, each talking by its own route. */
export type Crowd = 'floor' | 'friend' | 'direct';

interface Gathering {
  readonly crowd: Crowd;
  readonly service: string;
  readonly host: string;
  readonly route: Route;
  readonly conversations: number;
}

interface RoundRequest {
  readonly crowd: Crowd;
  readonly conversations: number;
  /** Messages of each sender that may be in flight. */
  readonly window: number;
  /** How long new messages are sent; then all that is in flight is waited for. */
  readonly ms: number;
}

/** What one round came to. */
export interface Round {
  readonly messages: number;
  /** From the first message sent to the last answer and the last fact arrived. */
  readonly ms: number;
  /** Median time from sending to the answer; only where one message is in flight. */
  readonly latencyMs: number;
  /** Processor time of the generator. */
  readonly cpuMicros: number;
}

/** How long a round may take beyond its time until all is answered, milliseconds. */
const drainMs = 15_000;

const crowds = new Map<Crowd, Conversation[]>();

async function gather({ crowd, service, host, route, conversations }: Gathering): Promise<void> {
  const begin = async (_: unknown, index: number): Promise<Conversation> => {
    const [sender, receiver] = await Promise.all([visitor(service, host), visitor(service, host)]);
    const conversation = new Conversation(`bench-${index + 1}`, sender, receiver, route);
    await conversation.begin();
    return conversation;
  };
  crowds.set(crowd, await Promise.all(Array.from({ length: conversations }, begin)));
}

async function round({ crowd, conversations, window, ms }: RoundRequest): Promise<Round> {
  const talking = (crowds.get(crowd) ?? []).slice(0, conversations);
  const before = totalOf(talking);
  const cpuBefore = cpuMicros();
  const latencies: number[] = [];
  const started = performance.now();
  await Promise.all(talking.map((conversation) => talk(conversation, window, started + ms, latencies)));
  const took = performance.now() - started;
  const messages = totalOf(talking).sent - before.sent;
  return { messages, ms: took, latencyMs: medianOf(latencies), cpuMicros: cpuMicros() - cpuBefore };
}

function talk(conversation: Conversation, window: number, until: number, latencies: number[]): Promise<void> {
  const { seen } = conversation;
  const missing = seen.sent - seen.received;
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`No end: ${JSON.stringify(seen)}`)),
      until - performance.now() + drainMs,
    );
    let sentAt = 0;
    const refill = (): void => {
      while (conversation.inFlight < window && performance.now() < until) {
        sentAt = performance.now();
        conversation.say();
      }
    };
    let open = 1;
    const endWhereAllArrived = (): void => {
      open = conversation.inFlight;
      if (open > 0 || seen.sent - seen.received > missing) return;
      clearTimeout(late);
      resolve();
    };
    conversation.moved = () => {
      const { failure, inFlight } = conversation;
      if (failure !== undefined) return reject(new Error(failure));
      if (window === 1 && inFlight === 0 && open === 1) latencies.push(performance.now() - sentAt);
      if (inFlight < window) refill();
      endWhereAllArrived();
    };
    refill();
    // On a machine that stood still the time may have been over before the first message.
    endWhereAllArrived();
  });
}

function totalOf(conversations: readonly Conversation[]): Seen {
  const total: Seen = { sent: 0, answered: 0, received: 0 };
  for (const { seen } of conversations) {
    total.sent += seen.sent;
    total.answered += seen.answered;
    total.received += seen.received;
  }
  return total;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const calls = {
  gather,
  round,
  seen: ({ crowd }: { crowd: Crowd }) => totalOf(crowds.get(crowd) ?? []),
  plant: ({ crowd, answers }: { crowd: Crowd; answers: number }) => {
    const [first] = crowds.get(crowd) ?? [];
    if (first !== undefined) first.planted = answers;
  },
};

/** What the generator can be asked. */
export type LoadCalls = typeof calls;

answerParent(calls, () => {
  for (const conversation of [...crowds.values()].flat()) conversation.close();
});
