import { render } from 'preact';
import type { Theme } from '../../widget/theme/theme.ts';
import { Studio } from './store.ts';
import { unpacked } from './theme/sharing.ts';
import { StudioPage } from './ui/StudioPage.tsx';

const fragment = 't=';

/** What a browser keeps for this page; nothing where it may not. */
function drawer(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** The theme of the link that was followed. From then on the address says nothing: what is on the screen moves on. */
async function shared(): Promise<Theme | undefined> {
  const hash = location.hash.slice(1);
  if (!hash.startsWith(fragment)) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return unpacked(hash.slice(fragment.length));
}

const given = await shared();
const studio = new Studio(drawer(), given);
render(<StudioPage studio={studio} />, document.body);

window.addEventListener('hashchange', () => {
  void shared().then((theme) => theme && studio.change(theme));
});
