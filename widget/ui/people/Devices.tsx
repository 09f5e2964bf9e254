import { Component, type JSX } from 'preact';
import type { Device } from '../../core/view.ts';
import { withName } from '../../i18n/texts.ts';
import type { Env } from '../env.ts';
import { Act } from './PersonRow.tsx';
import { peopleTexts } from './people-texts.ts';
import { Confirm } from './Questions.tsx';

interface Props {
  readonly env: Env;
  readonly devices: readonly Device[];
}

/** Where one is logged in; another device can be logged out from here. */
export class Devices extends Component<Props, { readonly leaving?: string | undefined }> {
  override state: { readonly leaving?: string | undefined } = {};

  override render({ env, devices }: Props, { leaving }: { leaving?: string | undefined }): JSX.Element {
    const texts = peopleTexts(env);
    const day = new Intl.DateTimeFormat(env.locale, { dateStyle: 'medium' });
    return (
      <section>
        <h3>{texts.devices}</h3>
        <ul class="menu">
          {devices.map(({ device, current, until }) => (
            <li key={device} class="fixed side">
              <span>
                <b>{current ? texts.thisDevice : texts.device}</b>
                {until !== undefined && <small>{withName(texts.deviceUntil, day.format(until))}</small>}
              </span>
              {!current && <Act label={texts.logOut} onClick={() => this.setState({ leaving: device })} />}
            </li>
          ))}
        </ul>
        {leaving !== undefined && (
          <Confirm
            env={env}
            words={texts.logOutSure}
            yes={texts.logOut}
            onYes={() => env.act('wish', { type: 'device.revoke', body: { device: leaving } })}
            onDone={() => this.setState({ leaving: undefined })}
          />
        )}
      </section>
    );
  }
}
