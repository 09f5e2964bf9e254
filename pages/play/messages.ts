import type { CodeFault } from './code/compiled.ts';

/** What the editor asks of the frame in which logic runs. */
export type ToRun =
  | { readonly ask: 'run'; readonly id: number; readonly js: string; readonly conversation: string }
  | { readonly ask: 'record' };

/** What that frame says. */
export type FromRun =
  | { readonly said: 'ready' }
  | { readonly said: 'ran'; readonly id: number; readonly fault?: CodeFault & { readonly isSyntax?: boolean } }
  | { readonly said: 'test'; readonly text: string };
