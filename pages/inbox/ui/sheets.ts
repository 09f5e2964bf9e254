import rows from '../../../widget/theme/rows.css?inline';
import files from '../sheets/cases.css?inline';
import layout from '../sheets/layout.css?inline';
import over from '../sheets/over.css?inline';
import side from '../sheets/side.css?inline';
import signIn from '../sheets/sign-in.css?inline';

/** The inbox's own part of the style sheet, behind the widget's. */
export const sheets: readonly string[] = [rows, layout, files, side, over, signIn];
