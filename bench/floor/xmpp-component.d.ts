/** `@xmpp/component` 0.13 has no types anywhere: this is what the floor uses of it, read in its source. */
declare module '@xmpp/component' {
  export interface FloorStanza {
    is(name: string): boolean;
    readonly attrs: Readonly<Record<string, string | undefined>>;
    getChild(name: string, xmlns?: string): FloorStanza | undefined;
    getChildText(name: string, xmlns?: string): string | null;
  }

  export interface FloorComponent {
    readonly socket: { setNoDelay(on: boolean): unknown } | null;
    on(event: 'stanza', listener: (stanza: FloorStanza) => void): this;
    on(event: 'connect', listener: () => void): this;
    on(event: 'error', listener: (error: unknown) => void): this;
    start(): Promise<unknown>;
    send(stanza: FloorStanza): Promise<void>;
  }

  export function component(options: { service: string; domain: string; password: string }): FloorComponent;

  export function xml(
    name: string,
    attrs: Readonly<Record<string, string>>,
    ...children: readonly (FloorStanza | string)[]
  ): FloorStanza;
}
