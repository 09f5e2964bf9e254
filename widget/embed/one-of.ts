/** Lets a verb's word pass that is one of `names`. @throws Error that names what there is */
export function oneOf(verb: string, given: string, names: readonly string[]): void {
  if (names.includes(given)) return;
  throw new Error(`befriend("${verb}", "${given}") does not exist. Try: ${names.join(', ')}`);
}
