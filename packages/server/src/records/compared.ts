import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { textOf } from '@throughline/domain/trace/read.ts';
import { findBlob } from '../store/blobs.ts';
import type { Reader } from '../store/reader.ts';

type Fields = Content['fields'];

/**
 * Refuses that a digest matches where nothing was compared (7.5.3): it is said of a file that is kept here, whose digest
 * was worked out as it came in, and is the one that is named where one is.
 */
export async function ensureCompared(
  reader: Reader,
  kind: Kind,
  before: Fields,
  next: Fields,
): Promise<void> {
  const faults = await comparedFaults(reader, kind, before, next);
  if (faults.length > 0) throw unprocessable(faults);
}

/** The same by field, for a door that refuses in its own way. */
export async function comparedFaults(
  reader: Reader,
  { compared, fields }: Kind,
  before: Fields,
  next: Fields,
): Promise<ErrorItem[]> {
  if (!compared || next[compared.found] !== compared.good) return [];
  if (compared.of.every((part) => (next[part] ?? null) === (before[part] ?? null))) return [];
  const file = textOf({ fields: next, links: {} }, compared.file);
  const kept = file === null ? undefined : await findBlob(reader, file);
  const named = textOf({ fields: next, links: {} }, compared.digest);
  const label = fields[compared.found]?.label ?? compared.found;
  const why =
    kept === undefined
      ? 'nothing was compared, because the file is not kept here. Attach it, or say that it is not checked yet.'
      : named !== null && bare(named) !== kept.digest.toString('hex')
        ? `the file that is kept here has the digest sha256:${kept.digest.toString('hex')}, and another is named.`
        : undefined;
  return why === undefined ? [] : [{ at: `fields.${compared.found}`, message: `${label}: ${why}` }];
}

/** A digest without the name of its algorithm, as it is compared. */
const bare = (digest: string): string =>
  digest
    .trim()
    .toLowerCase()
    .replace(/^sha-?256[:=]\s*/, '');
