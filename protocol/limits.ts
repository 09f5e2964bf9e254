/** Every limit of the language, in one place. Sizes are bytes of UTF-8 JSON unless said otherwise. */
export const limits = {
  frameBytes: 65_536,
  frameEvents: 50,
  eventBytes: 32_768,
  /** Nesting of arrays and objects inside one event, the event itself included. */
  depth: 16,
  /** UTF-16 units of a message's text. */
  text: 8_000,
  /** UTF-16 units of a person's or a conversation's name. */
  name: 80,
  /** UTF-16 units of a status, a note, a reason. */
  note: 280,
  /** Characters of a picture in base64: about 20 KiB. */
  avatar: 28_000,
  /** Characters of a signed token. */
  token: 8_192,
  /** Different emoji under one message, and reactions in all. */
  emoji: 20,
  reactions: 200,
  /** People whom one message may name. */
  mentions: 20,
  /** Files of one message, and bytes of one file. */
  files: 10,
  fileBytes: 26_214_400,
  /** UTF-16 units of the address and the title of a page. */
  url: 500,
  title: 200,
  /** UTF-16 units of a file's name, and of what is searched for. */
  fileName: 200,
  search: 100,
  /** People that one connection may look at. */
  watched: 200,
  /** Logs that one `log.resume` may name. */
  resume: 200,
  /** Facts behind the head up to which a resume is answered with pages; beyond it with a snapshot. */
  resumeFacts: 500,
  /** Items of one page, and of a snapshot. */
  page: 50,
  /** Members up to whom it is told how far each has got. */
  marks: 20,
  /** Members up to whom the author of a message is told how many have read it. */
  counted: 200,
  /** Unread counts stop here. */
  unread: 99,
} as const;

/** The versions of the language that this code speaks, newest first. */
export const versions = [1] as const;

/** The version of the language that this code writes. */
export const version = 1;

/** Length of `text` in bytes of UTF-8; a lone surrogate counts three, as its replacement would. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 2;
      index += 1;
    } else bytes += 2;
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
