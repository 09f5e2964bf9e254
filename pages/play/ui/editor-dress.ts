import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import { EditorView } from 'codemirror';

/** How the editor looks, in the colours of the page around it, light and dark. */
export const dress = [
  EditorView.theme({
    '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--paper)', fontSize: '13px' },
    '&.cm-focused': { outline: '2px solid var(--ring)', outlineOffset: '-2px' },
    '.cm-scroller': { fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace', lineHeight: '1.55' },
    '.cm-content': { caretColor: 'var(--ink)' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '.cm-gutters': { color: 'var(--quiet)', backgroundColor: 'var(--paper)', border: '0' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--active)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'var(--selected)',
    },
    '.cm-selectionMatch': { backgroundColor: 'var(--selected)' },
    '.cm-tooltip, .cm-panels': { color: 'var(--ink)', backgroundColor: 'var(--well)', borderColor: 'var(--line)' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--on-strong)', backgroundColor: 'var(--strong)' },
    '.cm-foldPlaceholder': { color: 'var(--quiet)', backgroundColor: 'var(--well)', borderColor: 'var(--line)' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.modifier], color: 'var(--code-word)' },
      { tag: [tags.string, tags.regexp, tags.special(tags.string)], color: 'var(--code-text)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
      { tag: [tags.comment], color: 'var(--quiet)', fontStyle: 'italic' },
      { tag: [tags.typeName, tags.className], color: 'var(--code-type)' },
      { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--code-call)' },
    ]),
  ),
];
