/** Made by the build from the tables of Unicode. */
declare module 'virtual:emoji' {
  /** The emoji of each group with a space between; `/14` behind those of a version that is not everywhere yet. */
  export const groups: readonly string[];
  /** Their words by language: names of the groups, and a line for each emoji, its name, a tab, and other words. */
  export const load: Readonly<
    Record<string, () => Promise<{ readonly headings: readonly string[]; readonly words: string }>>
  >;
}
