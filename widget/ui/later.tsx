import { Component, type ComponentType, type JSX } from 'preact';
import type { Env } from './env.ts';

/** A module that draws a part of the panel: the part, and its own piece of the style sheet. */
interface Loaded<P> {
  readonly Part: ComponentType<P>;
  readonly css?: string;
}

/**
 * A component whose module is loaded when it is first drawn. Until then `Meanwhile` stands in its place, or nothing. What
 * could not be loaded is asked for again the next time that it is drawn anew.
 */
export function later<P extends { readonly env: Env }>(
  load: () => Promise<Loaded<P>>,
  Meanwhile?: ComponentType<P>,
): ComponentType<P> {
  let loaded: Loaded<P> | undefined;
  return class extends Component<P> {
    override componentDidMount(): void {
      if (loaded) return;
      load().then(
        (module) => {
          loaded = module;
          this.forceUpdate();
        },
        (error: unknown) => console.error('befriend:', error),
      );
    }

    override render(props: P): JSX.Element | null {
      if (!loaded) return Meanwhile ? <Meanwhile {...props} /> : null;
      props.env.adopt(loaded.css ?? '');
      return <loaded.Part {...props} />;
    }
  };
}
