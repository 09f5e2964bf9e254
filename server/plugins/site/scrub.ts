/** The name of who was erased, where others have him in what they see. */
export const erasedName = 'Erased';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What is left of a fact once `ids` are nobody any more: what they said is gone, and where others name them, their names,
 * pictures and answers are. Types that only a site knows lose the whole body.
 */
export function scrubbed(type: string, by: string, json: string, ids: ReadonlySet<string>): string {
  if (![...ids].some((id) => id === by || json.includes(id))) return json;
  const body = unnamed(JSON.parse(json) as Json, ids);
  // What was said to him, or of him, when he asked for it.
  if (type === 'relation.changed') return JSON.stringify({ ...(body as object), relations: [] });
  return JSON.stringify(ids.has(by) ? silent(type, body) : body);
}

/** What somebody who was erased has said, without his words. */
function silent(type: string, body: Json): Json {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return {};
  const { of = 0, emoji = '', on = false, conversation = '' } = body as Record<string, Json>;
  if (type === 'message.sent') return { text: '', deleted: true };
  if (type === 'message.edited') return { of, text: '' };
  if (type === 'message.answered' || type === 'message.deleted') return { of };
  if (type === 'message.reacted') return { of, emoji, on };
  if (type === 'note.added') return { conversation, text: '' };
  if (type === 'user.reported') return { ...body, reason: '' };
  return shapes.test(type) ? body : {};
}

/** Types whose bodies hold who and where, and no words of who sent them. */
const shapes = /^(conversation|member|profile|relation|invite|desk)\./;

/** Reactions by their emoji: one that nobody else has given is gone. */
function left(reactions: Json, ids: ReadonlySet<string>): Json {
  const of = unnamed(reactions, ids);
  if (of === null || typeof of !== 'object' || Array.isArray(of)) return of;
  return Object.fromEntries(Object.entries(of).filter(([, users]) => !Array.isArray(users) || users.length > 0));
}

function unnamed(value: Json, ids: ReadonlySet<string>): Json {
  // Lists of ids, such as of those who reacted, or were mentioned: he is in none.
  if (Array.isArray(value))
    return value.filter((one: Json) => typeof one !== 'string' || !ids.has(one)).map((one: Json) => unnamed(one, ids));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => !ids.has(key));
  const own = Object.fromEntries(
    entries.map(([key, one]) => [key, key === 'reactions' ? left(one, ids) : unnamed(one, ids)]),
  );
  const isHis = [own.id, own.user].some((id) => typeof id === 'string' && ids.has(id));
  if (isHis && 'name' in own) {
    const { avatar: _, ...person } = own;
    return { ...person, name: erasedName, ...('verified' in own ? { verified: false } : {}) };
  }
  return typeof own.by === 'string' && ids.has(own.by) && 'text' in own ? { ...own, text: '' } : own;
}
