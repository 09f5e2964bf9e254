/** What a notice of the device says. */
export interface NoticeText {
  readonly title: string;
  readonly body: string;
  /** BCP 47. */
  readonly lang: string;
  /** Whether the device keeps quiet, because the page sounds itself. */
  readonly silent: boolean;
}

/** Notices of the device (Notifications API), one for each conversation. Nobody is asked for leave but by `ask`. */
export class Notices {
  readonly #shown = new Map<string, Notification>();

  /** granted, denied, or default: nobody was asked; unsupported: this page can have none. */
  get leave(): NotificationPermission | 'unsupported' {
    return typeof Notification === 'undefined' || !isSecureContext ? 'unsupported' : Notification.permission;
  }

  /** Asks the person; to be called by a click of theirs. Resolves with whether there may be notices. */
  async ask(): Promise<boolean> {
    if (this.leave === 'default') await Notification.requestPermission();
    return this.leave === 'granted';
  }

  /** Shows what was said in `log`, in place of what was said there before. */
  show(log: string, { title, ...text }: NoticeText, clicked: () => void): void {
    if (this.leave !== 'granted') return;
    this.close(log);
    try {
      const notice = new Notification(title, { ...text, tag: `befriend ${log}` });
      notice.onclick = () => {
        clicked();
        this.close(log);
      };
      this.#shown.set(log, notice);
    } catch {
      // Where only a service worker may show them, as on Android.
    }
  }

  close(log: string): void {
    this.#shown.get(log)?.close();
    this.#shown.delete(log);
  }

  /** Takes back what is shown where `over` says so. */
  closeWhere(over: (log: string) => boolean): void {
    for (const log of [...this.#shown.keys()]) if (over(log)) this.close(log);
  }
}
