const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const characters = Object.fromEntries(Object.entries(names).map(([character, name]) => [name, character]));

/** Escapes what XML 1.0 §2.4 does not let stand in the value of an attribute. Stands in the place of ltx's own. */
export function escapeXML(text: string): string {
  return text.replace(/["&'<>]/g, (character) => `&${names[character]};`);
}

/** Escapes what it does not let stand in text. */
export function escapeXMLText(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&${names[character]};`);
}

/** Reads references to characters (XML 1.0 §4.1). @throws Error for a name that XML itself does not have */
export function unescapeXML(text: string): string {
  return text.replace(/&(?:#(x?)(\w+)|(\w*));/g, (whole, hex: string, digits: string | undefined, name: string) => {
    const character = digits ? String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)) : characters[name];
    if (character === undefined) throw new Error(`Illegal XML entity ${whole}`);
    return character;
  });
}
