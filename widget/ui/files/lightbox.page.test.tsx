import { render } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { AnyFact } from '../../../protocol/facts.ts';
import { enFiles } from '../../i18n/en-files.ts';
import type { Env } from '../env.ts';
import { soon } from '../stage.test.tsx';
import { Lightbox } from './Lightbox.tsx';
import { Links } from './links.ts';

const places: HTMLElement[] = [];

afterEach(() => {
  for (const place of places.splice(0)) {
    render(null, place);
    place.remove();
  }
});

/** The address of a picture that can be drawn. */
function drawable(name: string): string {
  return `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4' id='${name}'/>`;
}

/** One picture whose addresses the friend gives in this order, each for a minute. */
function looking(...urls: string[]) {
  const clock = { now: 1_000 };
  const asked = vi.fn();
  const ask = async (type: string): Promise<AnyFact[]> => {
    asked(type);
    const links = [{ file: 'f_1', url: urls.shift() ?? 'about:invalid', until: clock.now + 60_000 }];
    return [{ type: 'file.linked', at: 1, body: { links } } as unknown as AnyFact];
  };
  const env = { ask, picture: (url?: string) => url, now: () => clock.now, locale: 'en' } as unknown as Env;
  const links = new Links(env);
  const place = document.body.appendChild(document.createElement('div'));
  places.push(place);
  const pictures = [{ id: 'f_1', name: 'a.svg', type: 'image/svg+xml', size: 9 }];
  const draw = (): void =>
    render(
      <Lightbox
        {...{ env, links, pictures }}
        words={enFiles}
        shown="f_1"
        onShow={() => undefined}
        onClose={() => undefined}
      />,
      place,
    );
  draw();
  const src = (): string | null | undefined => place.querySelector('img')?.getAttribute('src');
  return { asked, clock, draw, place, src };
}

test('leaves the picture that one looks at in its place when its address runs out', async () => {
  const { asked, clock, draw, src } = looking(drawable('one'), drawable('two'));
  await expect.poll(src, soon).toBe(drawable('one'));

  clock.now += 120_000;
  draw();
  const [meanwhile] = [src()];
  await expect.poll(() => asked.mock.calls.length, soon).toBe(2);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  expect(meanwhile).toBe(drawable('one'));
  expect(src()).toBe(drawable('one'));
});

test('asks for another address where one leads nowhere', async () => {
  const { asked, src } = looking('about:invalid', drawable('two'));

  await expect.poll(src, soon).toBe(drawable('two'));

  expect(asked).toHaveBeenCalledTimes(2);
});

test('says that a picture cannot be shown where no address leads to it, and asks no more', async () => {
  const { asked, place } = looking();

  await expect.poll(() => place.querySelector('.missing')?.textContent, soon).toBe(enFiles.missing);

  expect(asked).toHaveBeenCalledTimes(3);
  expect(place.querySelector('img')).toBeNull();
});
