import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Workbench } from '../code/workbench.ts';
import type { FromRun } from '../messages.ts';
import { CodeEditor } from './CodeEditor.tsx';
import { PlayBar } from './PlayBar.tsx';

/** The whole playground: what is written, and beside it the frame in which it runs. */
export function PlayPage({ workbench }: { readonly workbench: Workbench }): JSX.Element {
  const [, redraw] = useState(0);
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => workbench.subscribe(() => redraw((drawn) => drawn + 1)), [workbench]);
  useEffect(() => {
    const heard = ({ source, data }: MessageEvent<FromRun>): void => {
      if (source !== null && source === frame.current?.contentWindow) workbench.hears(data);
    };
    addEventListener('message', heard);
    // The frame has no origin that could be named.
    workbench.speaksTo((message) => frame.current?.contentWindow?.postMessage(message, '*'));
    frame.current?.setAttribute('src', 'run.html');
    return () => removeEventListener('message', heard);
  }, [workbench]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 's' || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      workbench.run();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [workbench]);
  const { draft, edition, fault, said } = workbench;
  return (
    <>
      <PlayBar workbench={workbench} />
      <main class="play">
        <section class="code" aria-label="Logic">
          <h2 class="file">befriend.config.ts</h2>
          <CodeEditor code={draft.code} edition={edition} fault={fault} onWrite={(code) => workbench.write(code)} />
          <p class={fault ? 'state bad' : 'state'} role="status">
            {said}
          </p>
        </section>
        <iframe ref={frame} title="People and time line" sandbox="allow-scripts allow-forms" />
      </main>
    </>
  );
}
