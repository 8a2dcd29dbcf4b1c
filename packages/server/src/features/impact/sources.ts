import { type Known, knownOf, type Source } from '@throughline/domain/impact/known.ts';
import type { ClassNow } from '@throughline/domain/impact/rights.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Services } from '../../services.ts';
import { type CountingRow, lawClassesOf } from '../../store/impact.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { type RefRow, recordsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

/** What an assessment is filled in from and judged by, as far as whoever asks may read it. */
export type Around = {
  readonly useCases: readonly StoredRecord[];
  readonly system: StoredRecord | null;
  readonly classes: readonly CountingRow[];
  readonly known: readonly Known[];
  /** Every record of these, by id, as others point at it. */
  readonly refs: ReadonlyMap<string, RefRow>;
};

export async function aroundOf(
  { registry }: Services,
  reader: Reader,
  actor: Asker['actor'],
  assessment: StoredRecord,
): Promise<Around> {
  const { links } = assessment.content;
  const covered = await recordsById(reader, [...(links.covers ?? []), ...(links.system ?? [])]);
  const readable = (record: StoredRecord | undefined) =>
    record && may(actor, record.kind, 'read') ? [record] : [];
  const useCases = (links.covers ?? []).flatMap((id) => readable(covered.get(id)));
  const [system = null] = (links.system ?? []).flatMap((id) => readable(covered.get(id)));
  const sets = await recordsById(reader, system?.content.links.usesDataset ?? []);
  const datasets = [...sets.values()].flatMap(readable);
  const classes = may(actor, 'classification', 'read')
    ? await lawClassesOf(
        reader,
        useCases.map(({ id }) => id),
      )
    : [];
  const source = (record: StoredRecord): Source => ({
    id: record.id,
    ref: refOf(registry, record),
    ...record.content,
  });
  const known = knownOf({
    useCases: useCases.map(source),
    system: system && source(system),
    datasets: datasets.map(source),
    classes: classes.map((row) => classOf(registry, row)),
  });
  const records = [...useCases, ...(system ? [system] : []), ...datasets];
  const refs = new Map<string, RefRow>([
    ...records.map((record): [string, RefRow] => [
      record.id,
      { ...record, archived: record.archivedAt !== null },
    ]),
    ...classes.map((row): [string, RefRow] => [row.id, row]),
  ]);
  return { useCases, system, classes, known, refs };
}

type Registry = Services['registry'];

export const refOf = (registry: Registry, { kind, number }: Pick<RefRow, 'kind' | 'number'>): string =>
  `${registry.get(kind).prefix}-${number}`;

export const classOf = (registry: Registry, row: CountingRow): ClassNow => ({
  id: row.id,
  ref: refOf(registry, row),
  fields: row.fields,
  links: row.links,
});
