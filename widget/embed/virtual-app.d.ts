/** Made by the build: knows the immutable names of what is loaded later. */
declare module 'virtual:app' {
  /** @param base the absolute address of the script that asks */
  export const loadFrom: (base: string) => import('./instance.ts').Load;
}
