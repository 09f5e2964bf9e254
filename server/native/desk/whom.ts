import type { DeskFacts } from '../../../protocol/desk.ts';

/** Where a case can go. */
export type Target =
  | { readonly is: 'colleague'; readonly user: string; readonly name: string }
  | { readonly is: 'queue'; readonly queue: string; readonly name: string };

type AtTheDesk = Pick<DeskFacts['desk.shown'], 'colleagues' | 'queues'>;

/** Colleagues and queues that a case can be given to, by name. */
export function targets({ colleagues, queues }: AtTheDesk): Target[] {
  return [
    ...colleagues.map(({ user, name }): Target => ({ is: 'colleague', user, name })),
    ...queues.map(({ id, name }): Target => ({ is: 'queue', queue: id, name })),
  ];
}

/**
 * Whom somebody means: by the whole name of a person or a queue, a queue's id, or how the name begins, whatever its case.
 * Several where that is not clear, none where nobody is called so.
 */
export function meant(text: string, among: readonly Target[]): readonly Target[] {
  const said = text.trim().replace(/^@/, '').toLowerCase();
  if (said === '') return [];
  const isCalled = (target: Target): boolean =>
    target.name.toLowerCase() === said || (target.is === 'queue' && target.queue === said);
  const exact = among.filter(isCalled);
  return exact.length > 0 ? exact : among.filter(({ name }) => name.toLowerCase().startsWith(said));
}
