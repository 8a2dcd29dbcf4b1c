import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Shorter than this, an answer fits into one packet anyway. */
const least = 1024;
/** Up to this size an answer is compressed at once: the work takes less than handing it to another thread and back. */
const most = 64 * 1024;
/** How hard answers are compressed. The next steps take two to five times as long for three hundredths of the size. */
export const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
export const gzip = { level: 4 };

export type Compressed = { readonly encoding: 'br' | 'gzip'; readonly bytes: Buffer };

/** A text of middle size as the client takes it (RFC 9110 12.5.3); nothing where it stays as it is or goes as a stream. */
export function compressed(text: string, accepted: string | undefined): Compressed | undefined {
  if (accepted === undefined || text.length < least || text.length > most) return undefined;
  const takes = codings(accepted);
  if (takes.has('br')) return { encoding: 'br', bytes: brotliCompressSync(text, brotli) };
  if (takes.has('gzip')) return { encoding: 'gzip', bytes: gzipSync(text, gzip) };
  return undefined;
}

/** The codings that a header names and does not refuse by a weight of nought. */
function codings(header: string): Set<string> {
  const named = header.split(',').map((part) =>
    part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  return new Set(named.filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? '')).map(([name = '']) => name));
}
