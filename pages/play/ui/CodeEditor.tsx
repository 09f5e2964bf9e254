import { javascript } from '@codemirror/lang-javascript';
import { setDiagnostics } from '@codemirror/lint';
import { basicSetup, EditorView } from 'codemirror';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CodeFault } from '../code/compiled.ts';
import { dress } from './editor-dress.ts';

interface Props {
  readonly code: string;
  /** Another with each text that was not written here: only then is `code` put into the editor. */
  readonly edition: number;
  readonly fault: CodeFault | undefined;
  readonly onWrite: (code: string) => void;
}

/** An editor of TypeScript. What is wrong stands at its line. */
export function CodeEditor({ code, edition, fault, onWrite }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const written = useRef(onWrite);
  written.current = onWrite;
  // biome-ignore lint/correctness/useExhaustiveDependencies: later texts are put into the same editor below
  useEffect(() => {
    if (place.current === null) return;
    // In a shadow root its styles are constructed sheets: a policy without inline styles allows them.
    const root = place.current.shadowRoot ?? place.current.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      doc: code,
      root,
      parent: root,
      extensions: [
        basicSetup,
        javascript({ typescript: true }),
        dress,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'befriend.config.ts' }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) written.current(state.doc.toString());
        }),
      ],
    });
    // What scrolls has to be reached by the keyboard.
    editor.scrollDOM.tabIndex = 0;
    view.current = editor;
    return () => editor.destroy();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written here is there already, and may have moved on
  useEffect(() => {
    const { current: editor } = view;
    if (editor === undefined || editor.state.doc.toString() === code) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: code }, selection: { anchor: 0 } });
  }, [edition]);
  useEffect(() => {
    const { current: editor } = view;
    if (editor === undefined) return;
    const { doc } = editor.state;
    if (fault?.line === undefined) return editor.dispatch(setDiagnostics(editor.state, []));
    const line = doc.line(Math.min(Math.max(1, fault.line), doc.lines));
    const from = Math.min(line.to, line.from + Math.max(0, (fault.column ?? 1) - 1));
    const at = { from: from === line.to ? line.from : from, to: line.to };
    editor.dispatch(setDiagnostics(editor.state, [{ ...at, severity: 'error', message: fault.message }]));
    editor.dispatch({ effects: EditorView.scrollIntoView(at.from, { y: 'nearest', yMargin: 40 }) });
  }, [fault]);
  return <div class="editor" ref={place} />;
}
