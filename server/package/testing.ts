/** `import { testChat } from 'befriend/testing'`: the whole friend in a page or in Node, and people who speak to it. */

export { type FlowCoverage, flowCoverage } from '../plugins/bots/coverage.ts';
export type { Answering, Web } from '../testing/answering.ts';
export type { Expected, Message } from '../testing/heard.ts';
export { assertHeard, assertShows, assertStored, matchers } from '../testing/matchers.ts';
export type { WidgetOptions } from '../testing/mounting.ts';
export type { Network } from '../testing/network.ts';
export type { Person } from '../testing/person.ts';
export { RecordingFault } from '../testing/read-recording.ts';
export type { Recording } from '../testing/recording.ts';
export { Refused } from '../testing/refused.ts';
export { type Replayed, replay } from '../testing/replay.ts';
export type { Span } from '../testing/spans.ts';
export type { Steps } from '../testing/steps.ts';
export { type Coming, type TestChat, type TestChatOptions, testChat } from '../testing/test-chat.ts';
export type { TestWidget } from '../testing/test-widget.ts';
