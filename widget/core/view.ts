import type { Actions, ActionType } from '../../protocol/actions.ts';
import type { Facts, Head, Invitation, Mark, Membership, Person, Presence, Related } from '../../protocol/facts.ts';
import type { FilesWish, Outgoing } from './outgoing.ts';

/**
 * The widget's state as the UI sees it: replaced, never mutated. Only `apply` in apply.ts and the session write it.
 */
export interface View {
  readonly link: Link;
  /** Absent until the friend has said who this is. */
  readonly me?: Person;
  readonly people: Readonly<Record<string, Person>>;
  /** By conversation id. */
  readonly conversations: Readonly<Record<string, Conversation>>;
  /** What the person has written and the friend has not stored yet, oldest first. */
  readonly waiting: readonly Waiting[];
  /** What the panel shows: the list, or one conversation by its reference (`support`, `room:lobby`, `c_…`). */
  readonly screen: Screen;
  readonly open: boolean;
  /** Reference → id, as the friend has resolved it. */
  readonly refs: Readonly<Record<string, string>>;
  /** Whether a colleague is there who can answer. Unknown before the first connection. */
  readonly support?: Facts['support.changed'];
  /** Ids of the conversations of the list, those that are pinned first, then most recently used first. */
  readonly list: readonly string[];
  /** True once the list has been fetched. */
  readonly listed: boolean;
  /** Messages nobody has looked at yet, over all conversations. */
  readonly unread: number;
  /** The friend's clock minus ours, milliseconds; labels only. */
  readonly clockOffset: number;
  /** False where nothing can be kept on this device: a reload forgets. */
  readonly durable: boolean;
  /** Rises when somebody else sits here: nothing that was drawn or typed before may stay. */
  readonly turn: number;
  /** What stands between this user and others, by their user id. */
  readonly related: Readonly<Record<string, Related>>;
  /** True once all of it has been fetched. */
  readonly relatedListed: boolean;
  /** Groups that wait for this user's answer, the newest first. */
  readonly invites: readonly Invitation[];
  /** By conversation id. */
  readonly members: Readonly<Record<string, Members>>;
  /** Where this user is logged in; absent until it was looked at. */
  readonly devices?: readonly Device[];
  /** Of those whom the screen shows and of those one talks to directly, by user id; who is not named is offline. */
  readonly presence: Readonly<Record<string, Presence>>;
  /** What pages say of those who ask for help, by user id; for colleagues alone. */
  readonly visitors?: Readonly<Record<string, Facts['visitor.told']>>;
  /** A new invite link, shown this once. */
  readonly inviteLink?: { readonly conversation: string; readonly token: string };
  /** What the composer of one conversation is about, beside a new message. */
  readonly composing?: Composing | undefined;
  /** The message that the list leads to: it is marked, and scrolled to as soon as it is held. */
  readonly sought?: { readonly ref: string; readonly seq: number } | undefined;
  /** Bytes of each file on its way that are there, by its id. */
  readonly uploads?: Readonly<Record<string, number>>;
  /** A wish that the friend refused, until the next one or a few seconds later. */
  readonly notice: { readonly wish: string; readonly code: string } | undefined;
}

/** What one writes is the answer to a message, or another wording of one's own. Neither: `text` is there to begin with. */
export interface Composing {
  readonly ref: string;
  /** The seq of the message that is answered. */
  readonly reply?: number;
  /** The seq of the message that is altered; 0 for the last one of one's own. */
  readonly edit?: number;
  /** What stands in the field when it begins; what was there stays where it is absent. */
  readonly text?: string;
}

export type Screen =
  | { readonly at: 'list' }
  | { readonly at: 'conversation'; readonly ref: string }
  /** Everybody with whom something stands, requests and invitations above all. */
  | { readonly at: 'people' }
  | { readonly at: 'person'; readonly user: string }
  /** Members and settings of a conversation, by its id. */
  | { readonly at: 'group'; readonly id: string }
  | { readonly at: 'new-group' }
  | { readonly at: 'me' };

/** Members of one conversation, as far as they have been fetched. */
export interface Members {
  readonly list: readonly Membership[];
  /** There are more after this user id. */
  readonly next?: string;
}

/** One device that is logged in as this user. */
export type Device = Facts['device.listed']['devices'][number];

export interface Link {
  /**
   * idle: nothing dialled yet · connecting: on the way · online · waiting: lost, tries again by itself ·
   * offline: the browser says there is no network · refused: trying again does not help · outdated: reload the page
   */
  readonly state: 'idle' | 'connecting' | 'online' | 'waiting' | 'offline' | 'refused' | 'outdated';
  /** True once it was online: “Reconnecting” instead of “Connecting”. */
  readonly before: boolean;
}

export interface Conversation extends Omit<Head, 'marks'> {
  /** What is shown, by ascending `seq`. */
  readonly items: readonly Item[];
  /** Nothing older than this seq is held; `more` says whether the friend has older ones. */
  readonly from: number;
  /** All that this reader may see up to this seq is held. */
  readonly to: number;
  readonly more: boolean;
  /** The first page has arrived. */
  readonly ready: boolean;
  /** An older page is on its way. */
  readonly fetching: boolean;
  /** Who is writing right now, without oneself. */
  readonly typing: readonly string[];
  /** How far each other person has got. */
  readonly got: Readonly<Record<string, Omit<Mark, 'user'>>>;
  /** In a crowd: how many others have got to messages of one's own, by seq; what is older was read by no fewer. */
  readonly counts?: Readonly<Record<number, Count>>;
}

/** How many have got a message, and how many have read it. */
export type Count = Omit<Facts['marker.counted']['counts'][number], 'seq'>;

/** Something that is shown by itself. `seq` is its place and its name in the conversation. */
export type Item =
  | {
      readonly kind: 'message';
      readonly seq: number;
      readonly at: number;
      readonly by: string;
      readonly text: string;
      /** The id of the action that sent it, where it was this user's own. */
      readonly re?: string | undefined;
      /** When it was altered last. */
      readonly edited?: number;
      /** Its words were taken away. */
      readonly deleted?: boolean;
      /** What it has beside its words: `Extras` of protocol/extras.ts, not read yet. */
      readonly extras?: unknown;
    }
  | {
      readonly kind: 'joined' | 'left' | 'removed' | 'reported';
      readonly seq: number;
      readonly at: number;
      readonly by: string;
      readonly person: Person;
      /** What was said of it. */
      readonly reason?: string;
    }
  | {
      readonly kind: 'renamed';
      readonly seq: number;
      readonly at: number;
      readonly by: string;
      readonly name: string;
    };

/** One message that waits for the friend's ✓. */
export interface Waiting {
  readonly id: string;
  readonly ref: string;
  readonly text: string;
  /** What it has beside its words, as `Item` has it. */
  readonly extras?: unknown;
  /** This device's clock when it was written. */
  readonly at: number;
  /** waiting: no link · sending: handed to the link · failed: set aside, `code` says why */
  readonly state: 'waiting' | 'sending' | 'failed';
  /** The friend's, or `unsendable`: the stream went down twice in a row while it alone was on its way. */
  readonly code?: string | undefined;
}

/** Everything a component may wish; the only verb it has is `act(type, body)`. */
export interface Intents {
  'panel.open': Record<never, never>;
  'panel.close': Record<never, never>;
  'screen.show': Screen;
  'message.send': {
    readonly ref: string;
    readonly text: string;
    /** The seq of the message that it answers. */
    readonly reply?: number | undefined;
    /** Users whom its words name. */
    readonly mentions?: readonly string[] | undefined;
    /** Files that it takes along, as soon as they are ready; the words may be empty then. */
    readonly files?: readonly Promise<Outgoing>[];
    /** Given with files: called once, with true when all of it is in the outbox, and with false where it never will be. */
    readonly left?: (isKept: boolean) => void;
  };
  /** Files are chosen, and will be sent; or one of those on their way is not wanted any more. */
  files: FilesWish;
  /** Begins to answer or alter a message, or puts words into a composer; nothing: a new message. */
  compose: Composing | undefined;
  'message.retry': { readonly id: string };
  'message.discard': { readonly id: string };
  /** The person edits the composer of `ref`; `empty` when nothing is left in it. */
  'composer.changed': { readonly ref: string; readonly empty: boolean };
  /** The newest item is in sight while the panel is open and the page is visible. */
  'conversation.seen': { readonly ref: string; readonly seq: number };
  /** The person scrolled to the oldest item held. */
  'history.older': { readonly ref: string };
  /** Leads the list to one message; older pages are fetched until it is held, within limits. Nothing: that is over. */
  'history.reach': View['sought'];
  /** The newest item of the screen is in sight again: what is far above it need not be held. */
  'history.left': Record<never, never>;
  'list.more': Record<never, never>;
  /** Everything else that the protocol knows: relations, groups, profile. What is refused stands in `notice`. */
  wish: { readonly [T in ActionType]: { readonly type: T; readonly body: Actions[T] } }[ActionType];
  /** It is shown how many requests wait: from now on what stands between this user and others is fetched. */
  'people.wanted': Record<never, never>;
  /** More of what a screen shows: members, people. */
  'members.more': { readonly id: string };
  /** The person asks to connect now instead of waiting for the next try. */
  'link.retry': Record<never, never>;
}

export type Act = <T extends keyof Intents>(type: T, body: Intents[T]) => void;

export const emptyView: View = {
  link: { state: 'idle', before: false },
  people: {},
  conversations: {},
  waiting: [],
  screen: { at: 'list' },
  open: false,
  refs: {},
  list: [],
  listed: false,
  unread: 0,
  clockOffset: 0,
  durable: true,
  turn: 0,
  related: {},
  relatedListed: false,
  invites: [],
  members: {},
  presence: {},
  notice: undefined,
};
