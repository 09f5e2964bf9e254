import { openShopWith } from './basket.js';
import { copyTag } from './copy-tag.js';
import { askForAddress } from './newsletter.js';

openShopWith(document);
askForAddress(document);
copyTag(document);
