import type { JSX } from 'preact';
import { Avatar } from '../../../widget/ui/Avatar.tsx';
import { casesAt, type DeskView, deskViews, keyOf, type Place } from '../desk/views.ts';
import { type Drawn, filled } from './drawn.ts';
import { Glyph, Tool } from './Glyph.tsx';

/** Kinds whose number is worth knowing without looking. */
const counted: readonly DeskView[] = ['waiting', 'mine'];

/** Where the work lies: kinds of cases, queues, who is at the desk, and whether oneself takes new ones. */
export function Rail(drawn: Drawn): JSX.Element {
  const { env, desk, screen } = drawn;
  const { say, deeds } = env;
  const { view, queue } = screen.place;
  return (
    <nav class="rail" aria-label={say.views}>
      <header>
        <h1>{say.inbox}</h1>
        <Hours {...drawn} />
      </header>
      <div class="rail-scroll">
        <ul>
          {deskViews.map((one) => (
            <li key={one}>
              <button
                type="button"
                class="rail-row"
                aria-current={one === view ? 'true' : undefined}
                onClick={() => deeds.show(queue === undefined ? { view: one } : { view: one, queue })}
              >
                <Glyph name={one} />
                <span>{say[one]}</span>
                {(counted.includes(one) || one === view) && (
                  <Count {...drawn} isOfAll place={{ view: one, ...(queue === undefined ? {} : { queue }) }} />
                )}
              </button>
            </li>
          ))}
        </ul>
        {(desk.shown?.queues.length ?? 0) > 1 && (
          <>
            <h2>{say.queues}</h2>
            <ul>
              {[undefined, ...(desk.shown?.queues ?? [])].map((one) => (
                <li key={one?.id ?? ''}>
                  <button
                    type="button"
                    class="rail-row"
                    aria-current={one?.id === queue ? 'true' : undefined}
                    onClick={() => deeds.show(one === undefined ? { view } : { view, queue: one.id })}
                  >
                    <Glyph name="queue" />
                    <span>{one?.name ?? say.allQueues}</span>
                    {one && <Count {...drawn} place={{ view: 'waiting', queue: one.id }} />}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <Team {...drawn} />
      </div>
      <Own {...drawn} />
    </nav>
  );
}

function Count({
  env,
  desk,
  place,
  isOfAll = false,
}: Drawn & { readonly place: Place; readonly isOfAll?: boolean }): JSX.Element | null {
  const held = casesAt(desk, place).length;
  const more = desk.lists[keyOf(place)]?.next === undefined ? '' : '+';
  if (held === 0) return null;
  const isUrgent = place.view === 'waiting' && isOfAll;
  return <span class={isUrgent ? 'number urgent' : 'number'}>{`${held.toLocaleString(env.locale)}${more}`}</span>;
}

function Hours({ env, desk }: Drawn): JSX.Element | null {
  const { say } = env;
  if (desk.shown === undefined) return null;
  const { open, until } = desk.shown.hours;
  const time = until === undefined ? undefined : env.brief(until, env.now());
  const words = open ? (time ? say.openUntil : say.open) : time ? say.shutUntil : say.shut;
  return <p class={open ? 'hours on' : 'hours'}>{filled(words, { time: time ?? '' })}</p>;
}

/** Who is at the desk. */
function Team({ env, view, desk }: Drawn): JSX.Element | null {
  const { say } = env;
  const { colleagues = [], me } = desk.shown ?? {};
  const others = colleagues.filter(({ user }) => user !== me?.user);
  if (others.length === 0) return null;
  return (
    <>
      <h2>{say.team}</h2>
      <ul class="team">
        {others.map(({ user, name, available, load, capacity }) => (
          <li key={user} title={available ? say.taking : say.off}>
            <Avatar
              id={user}
              name={name}
              src={env.picture(view.people[user]?.avatar)}
              show={available ? 'available' : 'offline'}
            />
            <span>
              <bdi>{name}</bdi>
              <span class="sr"> {available ? say.taking : say.off}</span>
            </span>
            <span class="number">{filled(say.load, { n: `${load}`, most: `${capacity}` })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Oneself: whether one takes new cases, and what else can be set. */
function Own({ env, view, desk }: Drawn): JSX.Element {
  const { say, deeds } = env;
  const { me } = desk.shown ?? {};
  const name = me?.name ?? view.me?.name ?? '';
  const isOn = me?.available === true;
  return (
    <footer class="rail-own">
      <Avatar id={view.me?.id ?? ''} name={name} src={env.picture(view.me?.avatar)} />
      <div>
        <b>
          <bdi>{name}</bdi>
        </b>
        <button
          type="button"
          class="switch"
          role="switch"
          aria-checked={isOn}
          aria-label={say.taking}
          disabled={me === undefined}
          onClick={() => deeds.available(!isOn)}
        >
          <i />
          <span aria-hidden="true">{isOn ? say.taking : say.notTaking}</span>
        </button>
      </div>
      <Tool name="settings" label={say.settings} onClick={() => deeds.over('settings')} />
    </footer>
  );
}
