/** `import { friendInPage } from 'befriend/testing'`: the whole friend in a page, and people who speak to it. */
export { type Coming, friendInPage, type PageFriend, type PageFriendOptions } from '../testing/page-friend.ts';
export { keepInMemory, type Speaker } from '../testing/speaker.ts';
