import type { JSX } from 'preact';
import { Dialog } from './Dialog.tsx';
import type { Drawn } from './drawn.ts';
import { commands, keysOf } from './keys.ts';

/** Every key, and the switch that turns single ones off. */
export function Keys({ env, screen }: Drawn): JSX.Element {
  const { say, deeds } = env;
  return (
    <Dialog label={say.keys} onDone={() => deeds.over(undefined)} kind="question">
      <h2>{say.keys}</h2>
      <dl class="keys">
        {commands.map((command) => (
          <div key={command}>
            <dt>{say.keyNames[command]}</dt>
            <dd>
              {keysOf(command).map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <KeySwitch env={env} keys={screen.keys} />
      <div class="answers">
        <button type="button" class="do" autofocus onClick={() => deeds.over(undefined)}>
          {say.done}
        </button>
      </div>
    </Dialog>
  );
}

/** Whether single keys do anything at all (WCAG 2.1.4). */
export function KeySwitch({ env, keys }: Pick<Drawn, 'env'> & { readonly keys: boolean }): JSX.Element {
  return (
    <button
      type="button"
      class="switch wide"
      role="switch"
      aria-checked={keys}
      onClick={() => env.deeds.look({ keys: !keys })}
    >
      <i />
      <span>{env.say.keysOn}</span>
    </button>
  );
}
