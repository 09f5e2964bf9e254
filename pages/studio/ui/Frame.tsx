import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Shown } from '../preview/shown.ts';

/** CSS pixels of what a frame shows. */
export const sizes = {
  desktop: { width: 500, height: 780 },
  phone: { width: 390, height: 780 },
} as const;

interface Props {
  readonly size: keyof typeof sizes;
  readonly scale: number;
  readonly label: string;
  /** One can write in it, and is answered. */
  readonly live: boolean;
  readonly shown: Shown;
}

/** One widget on a page of its own: a phone is as narrow as one. */
export function Frame({ size, scale, label, live, shown }: Props): JSX.Element {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const told = ({ source, origin, data }: MessageEvent): void => {
      if (source === frame.current?.contentWindow && origin === location.origin && data === 'ready') setReady(true);
    };
    addEventListener('message', told);
    return () => removeEventListener('message', told);
  }, []);
  // Before the next frame is drawn: a drag is seen as it goes.
  useLayoutEffect(() => {
    if (ready) frame.current?.contentWindow?.postMessage(shown, location.origin);
  });
  const { width, height } = sizes[size];
  const outer = { inlineSize: `${width * scale}px`, blockSize: `${height * scale}px` };
  const inner = { inlineSize: `${width}px`, blockSize: `${height}px`, scale: `${scale}` };
  return (
    <figure class={`frame ${size}`}>
      <div style={outer}>
        <iframe ref={frame} title={label} src={live ? 'live.html' : 'preview.html'} style={inner} />
      </div>
    </figure>
  );
}
