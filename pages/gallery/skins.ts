/** Full skins, each one style sheet of tokens and parts: its address by name. */
export const skins: Readonly<Record<string, string>> = {
  meadow: new URL('./skins/meadow.css', import.meta.url).href,
  pocket: new URL('./skins/pocket.css', import.meta.url).href,
  workshop: new URL('./skins/workshop.css', import.meta.url).href,
  'front-desk': new URL('./skins/front-desk.css', import.meta.url).href,
  console: new URL('./skins/console.css', import.meta.url).href,
  arcade: new URL('./skins/arcade.css', import.meta.url).href,
};

/** Dresses the page's widgets. Resolves once it is in force. @throws Error that names the skins that there are */
export async function wear(name: string): Promise<void> {
  const href = skins[name];
  if (href === undefined) throw new Error(`There is no skin ${name}. There are ${Object.keys(skins).join(', ')}.`);
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  const loaded = new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', reject);
  });
  document.head.append(link);
  await loaded;
}
