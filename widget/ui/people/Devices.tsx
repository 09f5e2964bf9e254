import { Component, type JSX } from 'preact';
import type { Device, View } from '../../core/view.ts';
import { withName } from '../../i18n/texts.ts';
import type { Env } from '../env.ts';
import { Act } from './PersonRow.tsx';
import { peopleTexts } from './people-texts.ts';
import { Confirm } from './Questions.tsx';

interface Props {
  readonly env: Env;
  readonly devices: readonly Device[];
  /** What was refused last. */
  readonly notice: View['notice'];
}

interface State {
  /** The device that is asked about. */
  readonly asked?: string | undefined;
  /** What is logged out, until the devices are told anew. */
  readonly leaving: readonly string[];
}

/** Where one is logged in; another device can be logged out from here. */
export class Devices extends Component<Props, State> {
  override state: State = { leaving: [] };

  override componentDidUpdate({ devices, notice }: Props): void {
    if (devices !== this.props.devices || (this.props.notice && this.props.notice !== notice))
      this.setState({ leaving: [] });
  }

  override render({ env, devices }: Props, { asked, leaving }: State): JSX.Element {
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
              {!current && (
                <Act
                  label={texts.logOut}
                  off={leaving.includes(device)}
                  onClick={() => this.setState({ asked: device })}
                />
              )}
            </li>
          ))}
        </ul>
        {asked !== undefined && (
          <Confirm
            env={env}
            words={texts.logOutSure}
            yes={texts.logOut}
            onYes={() => {
              this.setState({ leaving: [...leaving, asked] });
              env.act('wish', { type: 'device.revoke', body: { device: asked } });
            }}
            onDone={() => this.setState({ asked: undefined })}
          />
        )}
      </section>
    );
  }
}
