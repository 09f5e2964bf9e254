// Every limit of the language, each a name of its own, so that a page carries only those that it asks for. Sizes are
// bytes of UTF-8 JSON unless said otherwise.

/** Bytes of a frame. */
export const frameBytes = 65_536;
/** Events of a frame. */
export const frameEvents = 50;
/** Bytes of an event. */
export const eventBytes = 32_768;
/** Nesting of arrays and objects inside one event, the event itself included. */
export const depth = 16;
/** UTF-16 units of a message's text. */
export const text = 8_000;
/** UTF-16 units of a person's or a conversation's name. */
export const name = 80;
/** UTF-16 units of a status, a note, a reason. */
export const note = 280;
/** Characters of a picture in base64: about 20 KiB. */
export const avatar = 28_000;
/** Characters of a signed token. */
export const token = 8_192;
/** Different emoji under one message, and reactions in all. */
export const emoji = 20;
export const reactions = 200;
/** People whom one message may name. */
export const mentions = 20;
/** What a message carries of the team's own, its type included. */
export const custom = 4_096;
/** Files of one message, and bytes of one file. */
export const files = 10;
export const fileBytes = 26_214_400;
/** UTF-16 units of the address and the title of a page. */
export const url = 500;
export const title = 200;
/** UTF-16 units of a file's name, and of what is searched for. */
export const fileName = 200;
export const search = 100;
/** People that one connection may look at. */
export const watched = 200;
/** Logs that one `log.resume` may name. */
export const resume = 200;
/** Facts behind the head up to which a resume is answered with pages; beyond it with a snapshot. */
export const resumeFacts = 500;
/** Items of one page, and of a snapshot. */
export const page = 50;
/** Members up to whom it is told how far each has got. */
export const marks = 20;
/** Members up to whom the author of a message is told how many have read it. */
export const counted = 200;
/** Unread counts stop here. */
export const unread = 99;
