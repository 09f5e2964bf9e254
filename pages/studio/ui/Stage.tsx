import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { schemes } from '../../../widget/theme/derived.ts';
import type { Theme } from '../../../widget/theme/theme.ts';
import { Choice } from './Choice.tsx';
import { EveryState, stateWords } from './EveryState.tsx';
import { Frame, sizes } from './Frame.tsx';

/** The states that most themes are judged by, and what they are called here. */
const scenes: Readonly<Record<string, string>> = {
  live: 'Live',
  talk: 'Conversation',
  list: 'List',
  empty: 'Empty',
  cards: 'Cards',
  form: 'Form',
  reactions: 'Group',
  people: 'People',
  'launcher-unread': 'Launcher',
};

const sides = ['both', ...schemes] as const;
/** CSS pixels: between two frames, and below which there is room for one. */
const [gap, narrow] = [24, 640];

/** What comes of the theme: a widget in a frame for each scheme, at the size of a desk or a phone. */
export function Stage({ theme }: { readonly theme: Theme }): JSX.Element {
  const [scene, show] = useState('talk');
  const [size, resize] = useState<keyof typeof sizes>('desktop');
  const [side, choose] = useState<(typeof sides)[number]>('both');
  const [direction, turn] = useState<'ltr' | 'rtl'>('ltr');
  const [forced, force] = useState(false);
  const shown = side === 'both' ? schemes : [side];
  const { place, scale } = useFit(sizes[size], shown.length);
  return (
    <section class="stage" aria-label="Preview">
      <div class="bar">
        <EveryState shown={scene} onChoose={show} />
        <Choice label="State" options={Object.keys(scenes)} chosen={scene} words={scenes} onChoose={show} quiet />
      </div>
      <div class="bar">
        <Choice label="Size" options={['desktop', 'phone']} chosen={size} onChoose={resize} quiet />
        <Choice
          label="Colours"
          options={sides}
          chosen={side}
          words={{ both: 'Side by side' }}
          onChoose={choose}
          quiet
        />
        <Choice
          label="Direction"
          options={['ltr', 'rtl']}
          chosen={direction}
          words={{ ltr: 'Left to right', rtl: 'Right to left' }}
          onChoose={turn}
          quiet
        />
        <label class="switch" title="Simulated: a page cannot turn the real ones on">
          <input type="checkbox" checked={forced} onChange={({ currentTarget }) => force(currentTarget.checked)} />
          Forced colours, simulated
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section class="frames" aria-label="Widgets" tabIndex={0} ref={place}>
        {shown.map((scheme) => (
          <Frame
            key={`${scheme} ${scene === 'live'}`}
            size={size}
            scale={scale}
            live={scene === 'live'}
            label={`${scenes[scene] ?? stateWords(scene)}, ${scheme}`}
            shown={{ state: scene, theme, scheme, direction, forced }}
          />
        ))}
      </section>
    </section>
  );
}

/** How much smaller than itself each of `count` frames has to be to be seen as a whole. */
function useFit(
  { width, height }: (typeof sizes)[keyof typeof sizes],
  count: number,
): { readonly place: { current: HTMLElement | null }; readonly scale: number } {
  const place = useRef<HTMLElement>(null);
  const [box, measure] = useState({ width: 1_000, height: 780 });
  useEffect(() => {
    const { current } = place;
    if (!current) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) measure({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, []);
  // Where there is room for one alone they stand in a row that scrolls.
  const beside = box.width < narrow ? 1 : count;
  const across = (box.width - gap * (beside - 1)) / beside / width;
  return { place, scale: Math.max(0.3, Math.min(1, across, box.height / height)) };
}
