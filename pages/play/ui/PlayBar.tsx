import type { JSX } from 'preact';
import { Icon } from '../../studio/ui/Icon.tsx';
import { fragmentOf } from '../code/linked.ts';
import type { Workbench } from '../code/workbench.ts';
import { starts } from '../starts/starts.ts';

/** What can be done with what is written. */
export function PlayBar({ workbench }: { readonly workbench: Workbench }): JSX.Element {
  const { draft } = workbench;
  const begun = starts.find(({ code, conversation }) => code === draft.code && conversation === draft.conversation);
  const share = async (): Promise<void> => {
    const address = new URL(await fragmentOf(draft), location.href).href;
    const copied = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    // Where nothing may be copied the address stands in the address bar.
    if (!copied) history.replaceState(null, '', address);
    workbench.say(copied ? 'The link is copied. It holds the whole code.' : 'The link is in the address bar.');
  };
  return (
    <header class="top">
      <h1>
        <Icon name="mark" />
        Playground
      </h1>
      <label class="start">
        Begin with
        <select
          value={begun?.id ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const start = starts.find(({ id }) => id === value);
            if (start) workbench.begin({ code: start.code, conversation: start.conversation });
          }}
        >
          {begun === undefined && <option value="">Your own</option>}
          {starts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="start">
        People meet in
        <select
          value={draft.conversation}
          onChange={({ currentTarget: { value } }) =>
            workbench.begin({ ...draft, conversation: value === 'support' ? 'support' : 'room:lobby' })
          }
        >
          <option value="room:lobby">a room</option>
          <option value="support">support</option>
        </select>
      </label>
      <button type="button" class="plain" onClick={() => void share()}>
        <Icon name="link" />
        Copy link
      </button>
      <button type="button" class="plain" onClick={() => download('befriend.config.ts', draft.code)}>
        <Icon name="down" />
        Download
      </button>
      <button type="button" class="plain" onClick={async () => download('befriend.test.ts', await workbench.record())}>
        <Icon name="export" />
        Record as test
      </button>
      <button type="button" class="strong" title="Ctrl+S" onClick={() => workbench.run()}>
        <Icon name="run" />
        Run
      </button>
    </header>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
