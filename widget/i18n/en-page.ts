/** What a colleague reads of somebody who asks for help. */
export const enPage = {
  on: 'Is on {name}',
  said: 'The page says, unverified:',
} as const satisfies Record<string, string>;
