import type { JSX } from 'preact';
import type { Env } from './env.ts';
import { later } from './later.tsx';
import { Loading } from './Words.tsx';

/** Rows in grey until the rows are there. */
function Rows({ env }: { readonly env: Env }): JSX.Element {
  return <Loading rows words={env.texts.slow} />;
}

/** Where the list stands: most people who chat never see one. */
export const ListPlace = later(() => import('./ConversationList.tsx'), Rows);

/** Where people, groups and one's own profile stand. */
export const PeoplePlace = later(() => import('./people/Screens.tsx'), Rows);

/** Why nothing came of a wish. */
export const NoticePlace = later(() => import('./people/Screens.tsx').then(({ Notice: Part, css }) => ({ Part, css })));

/** The words of a message with what they mean: links, marks, names, the message that they answer, files. */
export const Content = later(
  () => import('./message/Rich.tsx'),
  ({ text }) => <>{text}</>,
);

/** What stands below a message: reactions, and what it offers. */
export const Below = later(() => import('./message/Rich.tsx').then(({ Below: Part, css }) => ({ Part, css })));

/** A message without words in one line. */
export const Line = later(() => import('./message/Rich.tsx').then(({ Line: Part, css }) => ({ Part, css })));

/** What can be done with a message: loaded when the log is pointed at or has the focus. */
export const MessageMenu = later(() => import('./message/MessageMenu.tsx'));

/** What leads to a message far above. */
export const Sought = later(() => import('./search/Sought.tsx'));

/** Files that are chosen and not sent yet: loaded with the first of them. */
export const Chosen = later(() => import('./files/Chosen.tsx'));

/** What one answers or alters, above the field. */
export const ComposerStrip = later(() => import('./composer/ComposerStrip.tsx'));

/** All emoji, to choose one. */
export const EmojiGrid = later(() => import('./composer/EmojiGrid.tsx'));

/** Who can be named: loaded with the first @ in a group. */
export const Mentions = later(() => import('./composer/Mentions.tsx'));

/** Where somebody is who asks for help, for whoever is to help. */
export const VisitorLine = later(() => import('./VisitorLine.tsx'));

/** What else there is to do with a conversation: loaded when it is asked for. */
export const HeaderMenu = later(() => import('./menu/HeaderMenu.tsx'));
