/** What the protocol takes: UTF-16 units of a name and a note, characters of a picture, people at once. */
export const most = { name: 80, note: 280, picture: 28_000, people: 50 } as const;
