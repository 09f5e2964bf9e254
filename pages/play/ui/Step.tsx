import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Entry } from '../line/causes.ts';

const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** One step; pressed, it shows all that is known of it. */
export function Step({ entry }: { readonly entry: Entry }): JSX.Element {
  const [isOpen, open] = useState(false);
  const { at, isError, kind, ms, text, type, who } = entry;
  return (
    <li class={`${kind}${isError ? ' error' : ''}`}>
      <button type="button" class="step" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        <time dateTime={new Date(at).toISOString()}>{format.format(at)}</time>
        <b>{kind}</b>
        <span class="who">{who}</span>
        <code>{type}</code>
        <span class="words">{text}</span>
        <span class="ms">{ms === undefined ? '' : `${Math.round(ms * 10) / 10} ms`}</span>
      </button>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <section class="json" tabIndex={0} aria-label={`${kind} ${type}, as JSON`}>
          <pre>{shown(entry)}</pre>
        </section>
      )}
    </li>
  );
}

/** The step as JSON; what is JSON within it is unfolded. */
function shown({ step }: Entry): string {
  const whole =
    step.kind === 'told'
      ? { ...step, frame: JSON.parse(step.frame) as unknown }
      : step.kind === 'stored'
        ? { ...step, fact: { ...step.fact, body: JSON.parse(step.fact.body) as unknown } }
        : step;
  return JSON.stringify(whole, undefined, 2);
}
