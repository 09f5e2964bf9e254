/** The conditions that end a stream here (RFC 6120 §4.9.3). */
export type StreamCondition =
  | 'bad-namespace-prefix'
  | 'connection-timeout'
  | 'host-unknown'
  | 'internal-server-error'
  | 'invalid-namespace'
  | 'not-authorized'
  | 'not-well-formed'
  | 'policy-violation'
  | 'resource-constraint'
  | 'restricted-xml'
  | 'system-shutdown'
  | 'unsupported-stanza-type'
  | 'unsupported-version';

/** The peer broke the protocol: its stream ends with `condition`. The message is the descriptive text of the error. */
export class StreamFault extends Error {
  override readonly name = 'StreamFault';
  readonly condition: StreamCondition;

  constructor(condition: StreamCondition, text: string) {
    super(text);
    this.condition = condition;
  }
}
