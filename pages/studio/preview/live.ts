import { friendInPage } from '../../../server/testing/page-friend.ts';
import { mount } from '../../../widget/embed/mount.ts';
import { dress, type Shown, whenShown } from './shown.ts';

// A widget that one can write with: the friend, an XMPP server and somebody who answers are all in this page.
const answers = [
  'That looks good on you.',
  'I would take the darker one: it is read in the sun, too.',
  'And the bubbles may be rounder, if you ask me.',
  'Try it in the dark. Many people will.',
  'Good. Shall we keep it?',
];

let last: Shown | undefined;

whenShown((shown) => {
  last = shown;
  redress();
});

const page = await friendInPage();
const room = 'room:studio';
const addresses = {
  ...page.addresses,
  conversation: room,
  name: 'Guest',
  title: 'Chat with us',
  locale: 'en-GB',
  open: '',
};
const ann = page.person('Ann Keller', { conversation: room });
ann.accepts(await page.invite());
await ann.until('to be a colleague', ({ me }) => me?.kind === 'colleague');
ann.says('Hello. I am a friend in this very page: write to me, and see how your theme feels.');
await ann.isHeard();
// A name of its own at each load: what a friend before this one has kept is not known here.
const scope = crypto.randomUUID();
mount(document.body, {
  ...addresses,
  scope,
  consent: 'session',
  attention: 'none',
  features: 'files reactions search',
});
answering(ann);
new MutationObserver(redress).observe(root() ?? document.body, { childList: true, subtree: true });
redress();

function root(): ShadowRoot | null | undefined {
  return document.querySelector('befriend-chat')?.shadowRoot;
}

function redress(): void {
  const host = document.querySelector<HTMLElement>('befriend-chat');
  if (host?.shadowRoot && last) dress(host, host.shadowRoot, last);
  document.documentElement.dataset.shown = 'live';
}

/** Reads what is said, writes for a moment, and answers. */
function answering(speaker: typeof ann): void {
  let heard = 0;
  let next = 0;
  speaker.chat.subscribe(() => {
    const { items = [] } = speaker.conversation ?? {};
    const asked = items.findLast((item) => item.kind === 'message' && item.by !== speaker.view.me?.id);
    if (asked === undefined || asked.seq <= heard) return;
    heard = asked.seq;
    speaker.reads();
    setTimeout(() => speaker.types(), 600);
    setTimeout(() => speaker.says(answers[next++ % answers.length] ?? ''), 2_000);
  });
}
