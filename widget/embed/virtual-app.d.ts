/** Made by the build: knows the immutable names of what is loaded later. */
declare module 'virtual:app' {
  /** @param base the absolute address of the script that asks */
  export const loadApp: (base: string) => ReturnType<import('./instance.ts').Load['app']>;
  /** @param base the absolute address of the script that asks */
  export const loadAround: (base: string) => ReturnType<import('./instance.ts').Load['around']>;
}
