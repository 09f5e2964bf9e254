/** The codes after which sending the same action again cannot help. The table in errors.ts says the same; a test compares. */
const final = [
  'malformed',
  'too_large',
  'too_deep',
  'unsupported',
  'outdated',
  'schema',
  'unknown_type',
  'not_found',
  'id_reused',
  'invite_invalid',
  'token_invalid',
  'kind_unknown',
  'needs_asking',
  'limited',
  'failed',
];

/** True where the same action can succeed later. A code this version does not know counts as `later`: nothing is lost. */
export function isLater(code: string): boolean {
  return !final.includes(code);
}
