import files from '../../theme/files.css?inline';
import chosen from '../../theme/files-chosen.css?inline';
import viewer from '../../theme/files-viewer.css?inline';

/** All that files bring to the style sheet of the panel. */
export const css = files + chosen + viewer;
