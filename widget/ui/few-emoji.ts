const fewEmoji = /^(?:\p{RGI_Emoji}\s?){1,3}$/v;

/** True for one to three emoji and nothing else: they are drawn big and without a bubble. */
export function isFewEmoji(text: string): boolean {
  return text.length < 60 && fewEmoji.test(text);
}
