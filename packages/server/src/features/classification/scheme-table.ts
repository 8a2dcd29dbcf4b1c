import { setImmediate as others } from 'node:timers/promises';
import { levelsMissed } from '@throughline/domain/classification/given-level.ts';
import { type TierChange, tierUnder } from '@throughline/domain/classification/keep-tier.ts';
import { type TierFindings, tierFindings } from '@throughline/domain/classification/tier-findings.ts';
import { type TierTable, tierTableOf } from '@throughline/domain/classification/tier-table.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { linksOf, textOf } from '@throughline/domain/trace/read.ts';
import { listPage } from '../../records/list-records.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { ListRow } from '../../store/list.ts';
import type { Asker } from '../../store/reading.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

/** The table of a scheme as it is written now, with what is found in it. */
export type SchemeTable = {
  readonly record: StoredRecord;
  readonly table: TierTable;
  readonly findings: TierFindings;
};

export async function readSchemeTable(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<SchemeTable> {
  const record = await readScheme(services, asked);
  if (record.content.fields.method !== 'table')
    throw new DomainError(
      'conflict',
      'Classes of this scheme are given by somebody else, so it has no table.',
    );
  const table = tierTableOf(record.content.fields);
  return { record, table, findings: tierFindings(table) };
}

function readScheme(services: Services, asked: Asker & { readonly ref: string }): Promise<StoredRecord> {
  const kind = services.registry.get('classification-scheme');
  ensureMay(asked.actor, kind, 'read');
  return services.store.read(asked, (reader) => loadReadable(reader, asked.actor, kind, asked.ref));
}

export type TierComparison = {
  readonly record: StoredRecord;
  /** Stored classes by this scheme that were held against it. */
  readonly looked: number;
  readonly changed: readonly (TierChange & { readonly row: ListRow })[];
};

const pageSize = '500';

/**
 * Holds every stored class of a scheme against it as it is written now, before anybody approves it: a tier against the
 * table, a class from outside against the levels. Nothing is changed: each stays what it was signed off as.
 */
export async function compareTiers(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<TierComparison> {
  const record = await readScheme(services, asked);
  const { id, content } = record;
  const table = content.fields.method === 'table' ? tierTableOf(content.fields) : null;
  const kind = services.registry.get('classification');
  ensureMay(asked.actor, kind, 'read');
  const { organisation, actor } = asked;
  const changed: (TierChange & { row: ListRow })[] = [];
  let looked = 0;
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = {
      scheme: table ? 'own-tier' : 'other',
      state: 'open,final',
      sort: 'ref',
      limit: pageSize,
      ...(cursor === null ? {} : { cursor }),
    };
    const { rows, next } = await listPage(services, { organisation, actor, kind, query });
    for (const row of rows) {
      if (!linksOf(row.content, 'byScheme').includes(id)) continue;
      looked += 1;
      const change = table
        ? tierUnder(table, {
            answers: row.content.fields.answers,
            tierName: textOf(row.content, 'tierName'),
          })
        : levelUnder({ id, fields: content.fields }, row);
      if (change !== null && (change.before !== null || change.after !== null))
        changed.push({ ...change, row });
    }
    cursor = next;
    await others();
  } while (cursor !== null);
  return { record, looked, changed };
}

/** A class from outside whose level the scheme as it is written does not have; `null` where it has it. */
const levelUnder = (scheme: Parameters<typeof levelsMissed>[1], { content }: ListRow): TierChange | null =>
  levelsMissed(content, scheme) === null
    ? null
    : { before: textOf(content, 'otherOutcome'), after: null, open: null, asked: [] };
