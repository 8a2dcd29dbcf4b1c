import type { Persons } from '@throughline/domain/duties.ts';
import { doersIn } from '@throughline/domain/kinds/doers.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { namedIn } from '../store/history.ts';
import { workVersions } from '../store/involvement.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/** Who was named for the work that a step judges, and who did it. */
export type WorkDone = {
  readonly namedBefore: Readonly<Record<string, readonly string[]>>;
  readonly namedEver: Readonly<Record<string, readonly string[]>>;
  readonly doers: readonly string[];
};

export const noWork: WorkDone = { namedBefore: {}, namedEver: {}, doers: [] };

/**
 * Whom versions of the record named as doers since the work began, by field, and who had a hand in it: putting somebody
 * else into the field right before the judgement frees nobody from what they did.
 */
export async function workDone(
  reader: Reader,
  kind: Kind,
  record: StoredRecord,
  who: Persons,
): Promise<WorkDone> {
  const { initial, transitions } = kind.lifecycle;
  const judged = Object.values(transitions).filter((step) => step.notBy);
  if (judged.length === 0) return noWork;
  const fields = [...new Set(judged.flatMap((step) => step.notBy ?? []))];
  const first = judged.some((step) => step.from.includes(initial));
  return {
    namedBefore: await namedIn(reader, record.id, fields, initial),
    namedEver: first ? await namedIn(reader, record.id, fields) : {},
    doers: kind.doing ? await doersOf(reader, kind, record, who) : [],
  };
}

async function doersOf(reader: Reader, kind: Kind, { id }: StoredRecord, who: Persons): Promise<string[]> {
  const kinds = reader.registry.kinds.filter(({ doing }) => doing).map(({ name }) => name);
  const versions = await workVersions(reader, id, kinds);
  const deeds = doersIn(kind, id, versions, (name) => reader.registry.find(name));
  return [...new Set(deeds.flatMap((deed) => who.of(deed)))];
}
