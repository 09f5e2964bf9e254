import type { Carrier } from '../../widget/core/outgoing.ts';
import type { FileDoor } from '../core/file-door.ts';
import type { TestTime } from './test-time.ts';

/** Takes bytes straight to the friend's door: a page and a test have no HTTP of their own. */
export function inProcessCarrier(door: FileDoor, time: TestTime): Carrier {
  return {
    async put(upload, blob, at) {
      const { pathname, searchParams } = new URL(upload, 'https://friend.chat.test/');
      const [id = '', signature = ''] = [pathname.split('/').at(-1), searchParams.get('put') ?? ''];
      time.begins();
      try {
        const bytes = new Uint8Array(await blob.slice(at).arrayBuffer());
        const taken = await door.take(id, signature, { at, size: blob.size, chunks: chunksOf(bytes) });
        if (taken.refused !== undefined) return { status: 413, complete: false };
        return { status: 200, at: taken.at, complete: taken.isWhole };
      } finally {
        time.ends();
      }
    },
    alone: (_name, _signal, task) => task(),
  };
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
