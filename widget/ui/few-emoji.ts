/** By how emoji are built (UTS #51, 1.4.9). The list of them all, `\p{RGI_Emoji}`, takes a browser tens of milliseconds. */
const fewEmoji =
  /^(?:(?:\p{RI}{2}|(?=\p{EPres}|.(?:\ufe0f|\p{EMod}))\p{Emoji}(?:\p{EMod}|\ufe0f|\u20e3|[\u{e0020}-\u{e007f}]|\u200d\p{Emoji})*)\s?){1,3}$/u;

/** True for one to three emoji and nothing else: they are drawn big and without a bubble. */
export function isFewEmoji(text: string): boolean {
  return text.length < 60 && fewEmoji.test(text);
}
