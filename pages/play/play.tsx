import { render } from 'preact';
import { Drawer } from './code/draft.ts';
import { draftIn } from './code/linked.ts';
import { Workbench } from './code/workbench.ts';
import { PlayPage } from './ui/PlayPage.tsx';

/** What a browser keeps for this page; nothing where it may not. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** The draft of the link that was followed. From then on the address says nothing: what is on the screen moves on. */
async function shared(): ReturnType<typeof draftIn> {
  const draft = await draftIn(location.hash);
  if (draft !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return draft;
}

const workbench = new Workbench(new Drawer(storage()), await shared());
render(<PlayPage workbench={workbench} />, document.body);

addEventListener('hashchange', () => {
  void shared().then((draft) => draft && workbench.show(draft));
});
