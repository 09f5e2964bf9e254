import type { ComponentChildren, JSX } from 'preact';

/** What stands where nothing is yet: what this place is for, and who is there. */
export function Empty(props: {
  readonly title: string;
  readonly line?: string;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="empty" part="empty">
      {props.children}
      <h3>{props.title}</h3>
      {props.line && <p>{props.line}</p>}
    </div>
  );
}

/** Grey shapes while something comes (not before 300 ms), and words when it takes longer than 3 s. */
export function Loading({ words, rows }: { readonly words: string; readonly rows?: boolean }): JSX.Element {
  return (
    <div class={rows ? 'loading rows' : 'loading'}>
      <i />
      <i />
      <i />
      <i />
      <p>{words}</p>
    </div>
  );
}

/** A word in a sentence that does something. */
export function Word({ text, onClick }: { readonly text: string; readonly onClick: () => void }): JSX.Element {
  return (
    <button type="button" class="word" onClick={onClick}>
      {text}
    </button>
  );
}
