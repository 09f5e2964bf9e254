import { languages } from '../../widget/embed/staged.ts';
import { skins } from './skins.ts';
import { states } from './states.ts';

// Every state side by side, each in a frame of its own: so a phone is as narrow as one.
const looks: Readonly<Record<string, string>> = {
  light: 'scheme=light',
  dark: 'scheme=dark',
  'right to left': 'locale=ar',
  phone: 'scheme=light',
  'longer words': 'words=accented',
  ...Object.fromEntries(Object.keys(skins).map((name) => [name, `skin=${name}`])),
  ...Object.fromEntries(Object.keys(languages).map((name) => [name, `locale=${name}`])),
};

const [nav, main] = [document.querySelector('nav'), document.querySelector('main')];
const chosen = decodeURIComponent(location.hash.slice(1)) || 'light';

for (const look of Object.keys(looks)) {
  const link = document.createElement('a');
  link.href = `#${look}`;
  link.textContent = look;
  if (look === chosen) link.ariaCurrent = 'page';
  nav?.append(link);
}

for (const { name } of states) {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = name.replaceAll('-', ' ');
  const frame = document.createElement('iframe');
  frame.title = name;
  frame.loading = 'lazy';
  frame.className = chosen === 'phone' ? 'phone' : '';
  frame.src = `one.html?${looks[chosen] ?? ''}#${name}`;
  figure.append(caption, frame);
  main?.append(figure);
}

window.addEventListener('hashchange', () => location.reload());
