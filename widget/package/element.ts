/** `import 'befriend/element'`: defines `<befriend-chat>` where this is loaded, once. */
export { BefriendChat } from '../embed/element.ts';
