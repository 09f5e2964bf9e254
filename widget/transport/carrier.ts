import type { Carrier, Put } from '../core/outgoing.ts';

/**
 * Puts bytes over HTTP below the friend's own address: `address` gives what an upload's relative one stands for. As one
 * request for all that is left, so that the browser says how much has gone.
 */
export function httpCarrier(address: (upload: string) => string): Carrier {
  return {
    put: (upload, blob, at, signal, progress) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        const left = blob.size - at;
        request.open('PUT', address(upload));
        // RFC 9110 §14.4; with nothing left, the range is not one.
        request.setRequestHeader('Content-Range', `bytes ${left > 0 ? `${at}-${blob.size - 1}` : '*'}/${blob.size}`);
        request.upload.onprogress = ({ loaded }) => progress(at + loaded);
        request.onload = () => resolve(answerOf(request));
        request.onerror = () => reject(new Error('the upload was cut'));
        request.onabort = () => reject(signal.reason);
        signal.addEventListener('abort', () => request.abort(), { once: true });
        if (signal.aborted) reject(signal.reason);
        else request.send(left > 0 ? blob.slice(at) : null);
      }),
    async alone(name, signal, task) {
      const { locks } = navigator as { readonly locks?: LockManager };
      // Without locks (plain http, sandboxed frames) two tabs may put the same bytes; the friend takes them once.
      if (locks === undefined) return task();
      let isHeld = false;
      const held = (): Promise<void> => {
        isHeld = true;
        return task();
      };
      try {
        await locks.request(`befriend upload ${name}`, { signal }, held);
      } catch (error) {
        if (isHeld || signal.aborted) throw error;
        // Frames without an origin have locks, and may not use them.
        return task();
      }
    },
  };
}

function answerOf(request: XMLHttpRequest): Put {
  const [offset, pause] = ['Upload-Offset', 'Retry-After'].map((name) => request.getResponseHeader(name));
  return {
    status: request.status,
    complete: request.getResponseHeader('Upload-Complete') === '?1',
    ...(offset && /^\d+$/.test(offset) ? { at: Number(offset) } : {}),
    ...(pause && /^\d+$/.test(pause) ? { retryAfter: Number(pause) * 1_000 } : {}),
  };
}
