import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AttentionSwitches, Way } from '../../../widget/ui/env.ts';
import { Dialog } from './Dialog.tsx';
import type { Drawn, Look } from './drawn.ts';
import { KeySwitch } from './Keys.tsx';
import { OwnProfile } from './Profile.tsx';

const looks: readonly Look[] = ['auto', 'light', 'dark'];

/** What each colleague sets for this browser, and the way out. */
export function Settings(drawn: Drawn): JSX.Element {
  const { env, desk, screen } = drawn;
  const { say, deeds } = env;
  return (
    <Dialog label={say.settings} onDone={() => deeds.over(undefined)} kind="question">
      <h2>{say.settings}</h2>
      <OwnProfile {...drawn} />
      <Calls {...drawn} />
      <fieldset>
        <legend>{say.look}</legend>
        {looks.map((look) => (
          <label key={look} class="radio">
            <input type="radio" name="look" checked={screen.look === look} onChange={() => deeds.look({ look })} />
            <span>{say.looks[look]}</span>
          </label>
        ))}
      </fieldset>
      <KeySwitch env={env} keys={screen.keys} />
      {desk.shown?.me.supervisor && (
        <button type="button" class="rail-row" onClick={() => deeds.over('cannedEditor')}>
          {say.cannedAll}
        </button>
      )}
      <div class="answers">
        <button type="button" class="do plain danger" onClick={() => deeds.over('signOut')}>
          {say.signOut}
        </button>
        <button type="button" class="do" autofocus onClick={() => deeds.over(undefined)}>
          {say.done}
        </button>
      </div>
    </Dialog>
  );
}

/** How this browser calls its colleague. */
function Calls({ env }: Drawn): JSX.Element | null {
  const { say } = env;
  const [switches, setSwitches] = useState<AttentionSwitches>();
  const [, setTurn] = useState(0);
  useEffect(() => {
    let gone = false;
    void env.attention?.().then((loaded) => !gone && setSwitches(loaded));
    return () => {
      gone = true;
    };
  }, [env]);
  if (switches === undefined) return null;
  const names: Readonly<Record<Way, string>> = {
    sound: say.sound,
    title: say.title,
    notice: say.notice,
    words: say.noticeWords,
  };
  return (
    <fieldset>
      <legend>{say.calls}</legend>
      {switches.ways.map((way) => (
        <button
          key={way}
          type="button"
          class="switch wide"
          role="switch"
          aria-checked={switches.isOn(way)}
          disabled={way === 'notice' && switches.refused}
          onClick={() => void switches.turn(way, !switches.isOn(way)).then(() => setTurn((turn) => turn + 1))}
        >
          <i />
          <span>{names[way]}</span>
        </button>
      ))}
      {switches.refused && <p class="quiet">{say.noticeRefused}</p>}
    </fieldset>
  );
}
