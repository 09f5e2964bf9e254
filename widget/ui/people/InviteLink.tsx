import { Component, type JSX } from 'preact';
import type { View } from '../../core/view.ts';
import type { Env } from '../env.ts';
import { Sheet } from '../Sheet.tsx';
import { peopleTexts } from './people-texts.ts';

interface Props {
  readonly env: Env;
  readonly view: View;
  /** Its id. */
  readonly group: string;
  readonly onDone: () => void;
}

/** Makes a link into a group, shows it once, and ends it. */
export class InviteLink extends Component<Props, { readonly copied: boolean }> {
  override state = { copied: false };
  private field: HTMLInputElement | null = null;

  override render({ env, view, group, onDone }: Props, { copied }: { copied: boolean }): JSX.Element {
    const texts = peopleTexts(env);
    const { inviteLink } = view;
    const token = inviteLink?.conversation === group ? inviteLink.token : undefined;
    const set = (link: boolean): void => {
      this.setState({ copied: false });
      env.act('wish', { type: 'conversation.set', body: { conversation: group, link } });
    };
    return (
      <Sheet label={texts.link} onDone={onDone}>
        <h3>{texts.link}</h3>
        <p>{token === undefined ? texts.linkLine : texts.linkOnce}</p>
        {token !== undefined && (
          <input
            class="field"
            readOnly
            dir="ltr"
            aria-label={texts.link}
            value={`${location.href.split('#', 1)[0]}#befriend-join=${group}.${token}`}
            ref={(field) => {
              this.field = field;
            }}
          />
        )}
        <div class="acts column">
          {token !== undefined && (
            <button type="button" class="do strong" onClick={this.copy}>
              <span aria-live="polite">{copied ? texts.copied : texts.copy}</span>
            </button>
          )}
          <button type="button" class={token === undefined ? 'do strong' : 'do'} onClick={() => set(true)}>
            {texts.linkMake}
          </button>
          <button
            type="button"
            class="do"
            onClick={() => {
              set(false);
              onDone();
            }}
          >
            {texts.linkEnd}
          </button>
          <button type="button" class="do plain" onClick={onDone}>
            {texts.cancel}
          </button>
        </div>
      </Sheet>
    );
  }

  /** Where the page may not write to the clipboard, the link stands there selected. */
  private readonly copy = async (): Promise<void> => {
    const { field } = this;
    try {
      await navigator.clipboard.writeText(field?.value ?? '');
      this.setState({ copied: true });
    } catch {
      field?.focus();
      field?.select();
    }
  };
}
