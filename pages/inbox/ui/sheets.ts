import rows from '../../../widget/theme/rows.css?inline';
import search from '../../../widget/theme/search.css?inline';
import files from '../sheets/cases.css?inline';
import layout from '../sheets/layout.css?inline';
import over from '../sheets/over.css?inline';
import rail from '../sheets/rail.css?inline';
import side from '../sheets/side.css?inline';
import signIn from '../sheets/sign-in.css?inline';

/** The inbox's own part of the style sheet, behind the widget's. */
export const sheets: readonly string[] = [rows, search, layout, rail, files, side, over, signIn];
