import type { SchemeInForce } from '@throughline/domain/classification/side-by-side.ts';
import type { Services } from '../services.ts';
import { revisionAt } from '../store/history.ts';
import type { Reader } from '../store/reader.ts';
import type { Asker } from '../store/reading.ts';
import { recordsById } from '../store/records.ts';
import { listPage } from './list-records.ts';

/** Schemes are few: of more than these that are kept up the ones changed last count. */
const lookedAt = '100';

/** Ids of the schemes that are kept up; none for whoever may not read them. */
export async function schemesKeptUp(services: Services, asked: Asker): Promise<readonly string[]> {
  const { organisation, actor } = asked;
  const { rows } = await listPage(services, {
    organisation,
    actor,
    kind: services.registry.get('classification-scheme'),
    query: { state: 'kept-up', sort: 'ref', limit: lookedAt },
  });
  return rows.map(({ id }) => id);
}

/** The approved versions of schemes, in the order of their refs. */
export async function schemesInForce(
  { registry }: Services,
  reader: Reader,
  candidates: readonly string[],
): Promise<SchemeInForce[]> {
  const { prefix } = registry.get('classification-scheme');
  const found: (SchemeInForce & { readonly number: number })[] = [];
  for (const record of (await recordsById(reader, candidates)).values()) {
    const version = record.inForce;
    if (version === null || record.archivedAt !== null || record.state === 'withdrawn') continue;
    const content =
      version === record.version ? record.content : await revisionAt(reader, record.id, version);
    if (!content?.fields) continue;
    const { id, number, title } = record;
    found.push({ id, number, ref: `${prefix}-${number}`, title, version, fields: content.fields });
  }
  return found.sort((a, b) => a.number - b.number);
}
