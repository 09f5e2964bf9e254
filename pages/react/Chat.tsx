/** @jsxImportSource react */
import { type JSX, useEffect, useRef } from 'react';
import { type MountOptions, mount, type Widget } from '../../widget/package/befriend.ts';

interface Props {
  readonly options: MountOptions;
  /** Hears of the widget once it is in the page, and of nothing when it is taken out. */
  readonly onWidget?: (widget: Widget | undefined) => void;
}

/** A widget where this component stands: it comes with it and goes with it, also where React mounts everything twice. */
export function Chat({ options, onWidget }: Props): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    const widget = mount(place.current, options);
    onWidget?.(widget);
    return () => {
      onWidget?.(undefined);
      void widget.destroy();
    };
  }, [options, onWidget]);
  return <div ref={place} />;
}
