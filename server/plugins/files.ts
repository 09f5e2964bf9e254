import type { Facts } from '../../protocol/facts.ts';
import { answer, put, refuse } from '../core/effect.ts';
import { addressHolds, fileAddress } from '../core/file-address.ts';
import { type FileBounds, fileBounds } from '../core/file-door.ts';
import { here } from '../core/here.ts';
import type { Plugin } from '../core/plugin.ts';
import type { Blobs, Hmac } from '../core/ports.ts';
import type { FileRow } from '../core/rows.ts';
import type { Context } from '../core/rule.ts';
import type { Services } from '../core/services.ts';
import { signingKey } from './file-key.ts';
import { offerPace } from './file-pace.ts';
import { infoOf, isHis, seenBy } from './file-rights.ts';

export interface FilesOptions {
  readonly blobs: Blobs;
  readonly hmac: Hmac;
  /** Another than the usual bounds. */
  readonly bounds?: Partial<FileBounds>;
  /** The friend's own web address, with a slash at its end; without it other XMPP clients get no links. */
  readonly address?: string;
}

/** Files beside messages: who may offer one, what a message says of it, and who gets its address. */
export function files({ blobs, hmac, bounds: own, address }: FilesOptions): Plugin {
  const bounds = { ...fileBounds, ...own };
  return {
    name: 'files',
    needs: ['conversations'],
    install(host) {
      const conversations = host.service('conversations');
      const paced = offerPace(bounds.offersPerMinute);
      host.provide('files', { attached });

      host.on('file.offer', async (context) => {
        const { action, read, user, now, attempt } = context;
        const { file: id, conversation, ...offered } = action.body;
        const access = await conversations.access(read, user, conversation, now);
        if (access?.limited === true) return [refuse('limited')];
        if (access === undefined || !access.maySend) return [refuse('not_found')];
        const known = await read.file(id);
        const made: FileRow = { id, by: user.id, conversation: access.id, ...offered, at: now };
        if (known !== undefined) {
          if (!(await isHis(read, known, user))) return [refuse('not_found')];
          return isSameOffer(known, made) ? granted(context, known, made.size) : [refuse('id_reused')];
        }
        const { waiting, kept } = await read.fileBytes(user.id);
        if (made.size > bounds.fileBytes) return [refuse('quota', { detail: `a file: ${bounds.fileBytes} bytes` })];
        if (waiting + made.size > bounds.waitingBytes) return [refuse('quota', { detail: 'files that were not sent' })];
        if (waiting + kept + made.size > bounds.keptBytes) return [refuse('quota', { detail: 'files of this user' })];
        if (blobs.total() + made.size > bounds.diskBytes) return [refuse('storage', { retryAfter: 60_000 })];
        const retryAfter = attempt > 1 ? 0 : paced(user.id, now);
        if (retryAfter > 0) return [refuse('rate', { retryAfter })];
        return [put({ table: 'file', row: made, expect: 'absent' }), ...(await granted(context, made, made.size))];
      });

      host.on('file.show', async (context) => {
        const { action, now } = context;
        const seen = await seenBy({ ...context, conversations }, action.body.files);
        const { key, effects } = await signingKey(context);
        const until = now + addressHolds.here;
        const links = seen.map(async ({ id }) => ({
          file: id,
          url: await fileAddress(hmac, key, 'get', { id, until }),
          until,
        }));
        return [...effects, answer('file.linked', { links: await Promise.all(links) })];
      });

      // The gateway's own: an action without a schema comes over no network.
      host.on('account.files', async (context) => {
        const { files: ids } = context.action.body as { readonly files: readonly string[] };
        const seen = address === undefined ? [] : await seenBy({ ...context, conversations }, ids);
        const { key, effects } = await signingKey(context);
        const until = context.now + addressHolds.elsewhere;
        const links = seen.map(async ({ id, name }) => ({
          file: id,
          url: `${address}${await fileAddress(hmac, key, 'get', { id, until, name })}`,
        }));
        return [...effects, answer('account.files', { links: await Promise.all(links) })];
      });

      // A reaction runs at least once for each fact: a crash leaves nothing behind.
      host.after('message.deleted', async ({ fact, read }) => {
        const { log, body } = fact;
        const rows = await read.filesOf(log, body.of);
        if (rows.length === 0) return [];
        const [message] = await read.page({ log, after: body.of - 1, upTo: body.of, limit: 1 });
        // Who is shut out took it away for himself alone.
        if (message !== undefined && (JSON.parse(message.body) as Facts['message.sent']).deleted !== true) return [];
        for (const { id } of rows) await blobs.remove(id);
        return rows.map(({ id }) => put({ table: 'unfile', row: { id } }));
      });

      async function granted(context: Context, { id, readyAt }: FileRow, size: number) {
        const { key, effects } = await signingKey(context);
        const until = context.now + addressHolds.here;
        const upload = await fileAddress(hmac, key, 'put', { id, until });
        const at = readyAt === undefined ? ((await blobs.stat(id))?.bytes ?? 0) : size;
        return [...effects, answer('file.granted', { file: id, upload, until, at })];
      }
    },
  };
}

const attached: Services['files']['attached'] = async (read, user, conversation, ids) => {
  const rows: FileRow[] = [];
  for (const id of new Set(ids)) {
    const row = await read.file(id);
    if (row === undefined || row.seq !== undefined || row.conversation !== conversation) return undefined;
    if (!(await isHis(read, row, user))) return undefined;
    rows.push(row);
  }
  if (rows.some(({ readyAt }) => readyAt === undefined)) return 'early';
  return {
    infos: rows.map(infoOf),
    effects: rows.map((row) => put({ table: 'file', row: { ...row, log: conversation, seq: here }, expect: 'unsent' })),
  };
};

/** Once a file is ready, its type and size are what the friend has made of them. */
function isSameOffer(known: FileRow, { name, conversation, type, size }: FileRow): boolean {
  if (known.name !== name || known.conversation !== conversation) return false;
  return known.readyAt !== undefined || (known.type === type && known.size === size);
}
