/** Made by the build: knows the immutable name of the rest of the widget. */
declare module 'virtual:app' {
  /** @param base the absolute address of the script that asks */
  export function loadApp(base: string): Promise<{ start: import('./instance.ts').StartApp }>;
}
