import { userEvent } from 'vitest/browser';
import { Instance, type Load } from './instance.ts';
import { tagOf } from './tag.ts';

/** A widget as a tag would add it, and what a person can do with it by hand and eye. For tests in a page. */
export class MountedWidget {
  readonly instance: Instance;
  readonly host: HTMLElement;
  /** How often the rest of the widget was asked for. */
  loads = 0;

  /** @param data the `data-` attributes of the tag */
  constructor(data: Readonly<Record<string, string>>) {
    const load: Load = {
      app: () => {
        this.loads += 1;
        return import('./app.ts');
      },
      around: () => import('./around.ts'),
    };
    this.instance = new Instance(tagOf({ locale: 'en', ...data }), load);
    this.host = document.body.lastElementChild as HTMLElement;
  }

  get root(): ShadowRoot {
    if (!this.host.shadowRoot) throw new Error('the widget has no shadow root');
    return this.host.shadowRoot;
  }

  /** Everything that can be read in the panel. */
  get text(): string {
    return this.root.querySelector<HTMLElement>('.panel')?.innerText ?? '';
  }

  /** The texts of the messages, in the order of the screen. */
  get messages(): string[] {
    return this.all('.bubble').map((bubble) => bubble.lastChild?.textContent ?? '');
  }

  all(selector: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)];
  }

  one(selector: string): HTMLElement {
    const [found] = this.all(selector);
    if (!found) throw new Error(`nothing in the widget matches ${selector}`);
    return found;
  }

  async clickLauncher(): Promise<void> {
    await userEvent.click(this.one('.launcher'));
  }

  async type(text: string): Promise<void> {
    await userEvent.type(this.one('textarea'), text);
  }

  async say(text: string): Promise<void> {
    await this.type(`${text}{Enter}`);
  }
}
