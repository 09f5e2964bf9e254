/** Somebody in front of a chat of the playground. */
export interface Somebody {
  /** A label of a host name. */
  readonly id: string;
  readonly name: string;
  readonly isColleague: boolean;
  readonly isOffline: boolean;
}

/** People that fit: each has a whole widget. */
export const mostPeople = 6;

/** Characters of a name. */
export const longestName = 40;

/** Who is there at the start. */
export const first: readonly Somebody[] = [
  { id: 'ann', name: 'Ann', isColleague: false, isOffline: false },
  { id: 'bob', name: 'Bob', isColleague: false, isOffline: false },
  { id: 'kim', name: 'Kim', isColleague: true, isOffline: false },
];

const names = ['Cleo', 'Dan', 'Eve', 'Finn', 'Gil', 'Hana'];

/** The same people and one more; the same where no more fit. */
export function withOneMore(people: readonly Somebody[]): readonly Somebody[] {
  const free = names.find((name) => people.every(({ id }) => id !== name.toLowerCase()));
  if (free === undefined || people.length >= mostPeople) return people;
  return [...people, { id: free.toLowerCase(), name: free, isColleague: false, isOffline: false }];
}
