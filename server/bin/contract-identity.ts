import type { AnyFact } from '../../protocol/facts.ts';
import type { TokenClaims, TokenVerifier } from '../core/ports.ts';
import { type Device, Stage, type StageOptions, secretOf } from './contract-stage.ts';

/** A token that the verifier of this stage takes. */
export function tokenFor(subject: string, claims: Partial<TokenClaims> = {}): string {
  const text = JSON.stringify({ issuer: 'shop', subject, expiresAt: 0, ...claims });
  return `good.${Buffer.from(text).toString('base64url')}.`;
}

/** Takes whatever says of itself that it is good. */
const trusting: TokenVerifier = async (token) => {
  const [verdict, claims = ''] = token.split('.');
  if (verdict !== 'good') return { ok: false, why: 'signature' };
  return { ok: true, claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as TokenClaims };
};

/** A friend whose site signs tokens. */
export function signingStage(options: StageOptions = {}): Promise<Stage> {
  return Stage.open({ tokens: trusting, ...options });
}

/** Signs in on an open connection; `secret` names the new secret. */
export function identify(
  device: Device,
  subject: string,
  secret: string,
  claims: Partial<TokenClaims> = {},
): Promise<AnyFact> {
  return device.ask('user.identify', { token: tokenFor(subject, claims), secret: secretOf(secret) });
}

/** Opens a connection by the secret of this name. */
export function opens(device: Device, secret: string): Promise<AnyFact> {
  return device.ask('connection.open', { versions: [1], secret: secretOf(secret) });
}

/** Signs in as Ann of the site, by a new secret of this device. Resolves with her user. */
export async function signsInAsAnn(device: Device): Promise<string> {
  const secret = `${device.jid} as Ann`;
  const user = userIn(await identify(device, 'Ann', secret, { name: 'Ann' }));
  await opens(device, secret);
  return user;
}

/** Whom an answer is about. */
export function userIn(fact: AnyFact): string {
  const { user } = fact.body as { user?: { id: string } };
  if (user === undefined) throw new Error(`${fact.type} names nobody: ${JSON.stringify(fact.body)}`);
  return user.id;
}
