import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CannedEditor } from './CannedEditor.tsx';
import { Choose } from './Choose.tsx';
import { DeskNotice } from './DeskNotice.tsx';
import { Dialog } from './Dialog.tsx';
import { colleagueName, type Drawn, filled, shownCase } from './drawn.ts';
import { Keys } from './Keys.tsx';
import { Rail } from './Rail.tsx';
import { Settings } from './Settings.tsx';
import { SignOut } from './SignOut.tsx';
import { fieldTime, tomorrowAtNine } from './spans.ts';

/** What stands over the inbox: one question at a time. */
export function Overs(drawn: Drawn): JSX.Element | null {
  const { env, screen } = drawn;
  const { say, deeds } = env;
  const done = (): void => deeds.over(undefined);
  switch (screen.over) {
    case undefined:
      return null;
    case 'assign':
    case 'invite':
      return <Colleagues key={screen.over} {...drawn} />;
    case 'move':
      return <Queues {...drawn} />;
    case 'canned':
      return <Canned {...drawn} />;
    case 'cannedEditor':
      return <CannedEditor {...drawn} />;
    case 'snooze':
      return <Snooze {...drawn} />;
    case 'takeOver':
      return <TakeOver {...drawn} />;
    case 'keys':
      return <Keys {...drawn} />;
    case 'settings':
      return <Settings {...drawn} />;
    case 'signOut':
      return <SignOut {...drawn} />;
    case 'rail':
      return (
        <Dialog label={say.menu} onDone={done} kind="drawer">
          <Rail {...drawn} />
          <DeskNotice {...drawn} />
        </Dialog>
      );
    default:
      return screen.over satisfies never;
  }
}

function Colleagues({ env, desk, screen }: Drawn): JSX.Element {
  const { say, deeds } = env;
  const isAssign = screen.over === 'assign';
  const me = desk.shown?.me.user;
  const choices = (desk.shown?.colleagues ?? [])
    .filter(({ user }) => isAssign || user !== me)
    .toSorted((one, other) => Number(other.available) - Number(one.available) || one.load - other.load)
    .map(({ user, name, available, load, capacity }) => ({
      id: user,
      label: user === me ? `${name} (${say.me})` : name,
      line: `${available ? say.taking : say.off} · ${filled(say.load, { n: `${load}`, most: `${capacity}` })}`,
    }));
  return (
    <Choose
      title={isAssign ? say.assignTitle : say.inviteTitle}
      hint={say.filter}
      none={say.noMatch}
      choices={choices}
      onChosen={(user) => (isAssign ? deeds.assign(user) : deeds.invite(user))}
      onDone={() => deeds.over(undefined)}
    />
  );
}

function Queues(drawn: Drawn): JSX.Element {
  const { env, desk } = drawn;
  const { say, deeds } = env;
  return (
    <Choose
      title={say.moveTitle}
      hint={say.filter}
      none={say.noMatch}
      choices={(desk.shown?.queues ?? []).map(({ id, name, waiting }) => ({
        id,
        label: name,
        line: `${say.waiting}: ${waiting}`,
      }))}
      onChosen={(queue) => deeds.move(queue)}
      onDone={() => deeds.over(undefined)}
    />
  );
}

/** Canned answers, with the visitor's name where they leave room for it. */
function Canned(drawn: Drawn): JSX.Element {
  const { env, desk } = drawn;
  const { say, deeds } = env;
  const name = shownCase(drawn)?.visitor.name ?? '';
  const canned = desk.shown?.canned ?? [];
  return (
    <Choose
      title={say.cannedTitle}
      hint={say.filter}
      none={canned.length === 0 ? say.noCanned : say.noMatch}
      choices={canned.map(({ id, title, text }) => ({ id, label: title, line: filled(text, { name }) }))}
      onChosen={(id) => deeds.say(filled(canned.find((one) => one.id === id)?.text ?? '', { name }))}
      onDone={() => deeds.over(undefined)}
    />
  );
}

/** Until when: an hour, tomorrow morning, or as one says. */
function Snooze(drawn: Drawn): JSX.Element {
  const { env } = drawn;
  const { say, deeds } = env;
  const now = env.now();
  const [at, setAt] = useState(fieldTime(tomorrowAtNine(now)));
  const until = (local: number): void => {
    deeds.over(undefined);
    deeds.snooze(local + drawn.view.clockOffset);
  };
  return (
    <Dialog label={say.snoozeTitle} onDone={() => deeds.over(undefined)} kind="menu">
      <h2>{say.snoozeTitle}</h2>
      <button type="button" class="rail-row" autofocus onClick={() => until(now + 3_600_000)}>
        {say.hour}
      </button>
      <button type="button" class="rail-row" onClick={() => until(tomorrowAtNine(now))}>
        {say.tomorrow}
      </button>
      <form
        class="at"
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = new Date(at).getTime();
          if (chosen > env.now()) until(chosen);
        }}
      >
        <label>
          <span>{say.pick}</span>
          <input
            type="datetime-local"
            class="find"
            required
            min={fieldTime(now + 60_000)}
            value={at}
            onInput={({ currentTarget }) => setAt(currentTarget.value)}
          />
        </label>
        <button type="submit" class="do">
          {say.snooze}
        </button>
      </form>
    </Dialog>
  );
}

/** Nobody takes another's case by mistake. */
function TakeOver(drawn: Drawn): JSX.Element {
  const { env } = drawn;
  const { say, deeds } = env;
  const name = colleagueName(drawn, shownCase(drawn)?.assignee ?? '');
  const done = (): void => deeds.over(undefined);
  return (
    <Dialog label={filled(say.takeOverTitle, { name })} onDone={done} kind="question">
      <h2>{filled(say.takeOverTitle, { name })}</h2>
      <p>{filled(say.takeOverLine, { name })}</p>
      <div class="answers">
        <button type="button" class="do plain" autofocus onClick={done}>
          {say.cancel}
        </button>
        <button
          type="button"
          class="do"
          onClick={() => {
            done();
            deeds.takeOver();
          }}
        >
          {say.takeOver}
        </button>
      </div>
    </Dialog>
  );
}
