/**
 * How the codes begin after which sending the same action again cannot help. The table in errors.ts says the same; a test
 * compares.
 */
const final =
  /^(answered|failed|id_|invite_|kind_|limited|malf|needs_|not_f|outdated|quota|schema|token_|too_[dlm]|unknown_|unsupp)/;

/** True where the same action can succeed later. A code this version does not know counts as `later`: nothing is lost. */
export function isLater(code: string): boolean {
  return !final.test(code);
}
