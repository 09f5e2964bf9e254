/** Two soft notes, Hz, one after the other. */
const notes = [659.25, 880] as const;
/** From one note to the next, and how long one sounds, seconds. */
const step = 0.11;
const length = 0.32;
const loudness = 0.07;
/** Nothing sounds sooner after the last, milliseconds. */
const gap = 2_000;

/** The sound of a new message, made here: no file is fetched. Nothing sounds before the person has done something. */
export class Tone {
  #context: AudioContext | undefined;
  #last = -gap;

  /** Sounds once, unless it has just sounded; resolves with whether it did. `now` in milliseconds, of a clock that rises. */
  async play(now: number): Promise<boolean> {
    if (navigator.userActivation?.hasBeenActive === false || now - this.#last < gap) return false;
    this.#last = now;
    try {
      this.#context ??= new AudioContext();
      const context = this.#context;
      await context.resume();
      notes.forEach((note, index) => {
        sound(context, note, context.currentTime + 0.02 + index * step);
      });
      return true;
    } catch {
      // A device without sound.
      return false;
    }
  }

  stop(): void {
    this.#context?.close().catch(() => undefined);
    this.#context = undefined;
  }
}

function sound(context: AudioContext, note: number, at: number): void {
  const voice = context.createOscillator();
  const level = context.createGain();
  voice.frequency.value = note;
  level.gain.setValueAtTime(0, at);
  level.gain.linearRampToValueAtTime(loudness, at + 0.012);
  level.gain.exponentialRampToValueAtTime(0.0001, at + length);
  voice.connect(level).connect(context.destination);
  voice.start(at);
  voice.stop(at + length);
}
