import type { JSX } from 'preact';
import { enPage } from '../i18n/en-page.ts';
import sheet from '../theme/visitor.css?inline';
import type { VisitorProps } from './part-props.ts';

/** Its part of the style sheet. */
export const css = sheet;

/** Where in the site somebody is who asks, and what the page says of him: nothing of it is signed. */
export function Part({ env, view, conversation }: VisitorProps): JSX.Element | null {
  if (conversation.kind !== 'support') return null;
  const words = env.words('page', enPage);
  const told = conversation.people.flatMap(({ id }) => view.visitors?.[id] ?? []);
  const page = told.findLast((one) => one.page !== undefined)?.page;
  const said = Object.entries(told.findLast((one) => one.attributes !== undefined)?.attributes ?? {});
  if (page === undefined && said.length === 0) return null;
  const [before, after] = words.on.split('{name}');
  return (
    <div class="visitor">
      {page && (
        <p>
          {before}
          <bdi>
            <Address url={page.url} name={page.title || page.url} />
          </bdi>
          {after}
        </p>
      )}
      {said.length > 0 && (
        <p>
          {words.said} <bdi>{said.map(([name, value]) => `${name}: ${value}`).join(' · ')}</bdi>
        </p>
      )}
    </div>
  );
}

/** Only what a browser opens as a page is a link: the address is another's word. */
function Address({ url, name }: { readonly url: string; readonly name: string }): JSX.Element {
  if (!/^https?:\/\//.test(url)) return <>{name}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" title={url}>
      {name}
    </a>
  );
}
