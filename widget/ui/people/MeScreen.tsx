import { Component, type JSX } from 'preact';
import type { Person } from '../../../protocol/facts.ts';
import { Avatar, faceOf } from '../Avatar.tsx';
import type { PartProps } from '../env.ts';
import { Devices } from './Devices.tsx';
import { most } from './most.ts';
import { OwnPresence } from './OwnPresence.tsx';
import { Act, MenuItem } from './PersonRow.tsx';
import { peopleTexts } from './people-texts.ts';
import { smallPicture } from './picture.ts';
import { Write } from './Questions.tsx';
import { Top } from './Top.tsx';

interface State {
  readonly naming: boolean;
  readonly badPicture: boolean;
}

/** Oneself: picture, name, presence, and where one is logged in. */
export class MeScreen extends Component<PartProps, State> {
  override state: State = { naming: false, badPicture: false };

  override render({ env, view, back }: PartProps, { naming, badPicture }: State): JSX.Element {
    const texts = peopleTexts(env);
    const { me } = view;
    const name = (text: string): void => env.act('wish', { type: 'profile.set', body: { name: text } });
    return (
      <div class="pane people">
        <Top env={env} title={texts.me} back={back} />
        {me && (
          <div class="scroll card">
            <Avatar {...faceOf(env, view, me)} />
            <h3>
              <bdi>{me.name}</bdi>
            </h3>
            <p class="quiet">{me.verified ? texts.verified : texts.unverified}</p>
            {badPicture && <p role="alert">{texts.badPicture}</p>}
            {this.picture(me)}
            <ul class="menu">
              {me.verified ? (
                <li class="fixed">
                  <b>{texts.name}</b>
                  <small>{texts.nameFixed}</small>
                </li>
              ) : (
                <MenuItem label={texts.name} line={me.name} onClick={() => this.setState({ naming: true })} />
              )}
            </ul>
            {env.features.has('presence') && <OwnPresence env={env} view={view} />}
            {view.devices && <Devices env={env} devices={view.devices} notice={view.notice} />}
          </div>
        )}
        {naming && me && (
          <Write
            env={env}
            label={texts.name}
            words={texts.unverified}
            yes={texts.save}
            value={me.name}
            most={most.name}
            onWritten={name}
            onDone={() => this.setState({ naming: false })}
          />
        )}
      </div>
    );
  }

  private picture({ avatar }: Person): JSX.Element {
    const { env } = this.props;
    const texts = peopleTexts(env);
    return (
      <div class="acts">
        <label class="do file">
          {texts.picture}
          <input type="file" accept="image/*" class="sr" onChange={this.chosen} />
        </label>
        {avatar !== undefined && (
          <Act
            label={texts.noPicture}
            onClick={() => env.act('wish', { type: 'profile.set', body: { avatar: null } })}
          />
        )}
      </div>
    );
  }

  private readonly chosen = async ({ currentTarget }: { currentTarget: HTMLInputElement }): Promise<void> => {
    const file = currentTarget.files?.item(0);
    if (!file) return;
    const avatar = await smallPicture(file);
    currentTarget.value = '';
    this.setState({ badPicture: avatar === undefined });
    if (avatar !== undefined) this.props.env.act('wish', { type: 'profile.set', body: { avatar } });
  };
}
