import type { JSX } from 'preact';
import { Slider } from './Slider.tsx';
import type { Tools } from './tools.ts';

/** How long things take to change and to come. */
export function Motion({ studio }: Tools): JSX.Element {
  return (
    <>
      <Slider
        studio={studio}
        token="motion-quick"
        label="Changes of state"
        from={0}
        to={240}
        usual={120}
        unit="ms"
        step={10}
      />
      <Slider
        studio={studio}
        token="motion-enter"
        label="What comes in"
        from={0}
        to={240}
        usual={180}
        unit="ms"
        step={10}
      />
      <p class="note">
        Who asks the system for less motion gets none of this: things fade, in 80 ms, whatever stands here.
      </p>
    </>
  );
}
