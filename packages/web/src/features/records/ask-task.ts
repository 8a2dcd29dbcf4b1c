import type { AbilityWire, RecordWire, RefWire } from '@throughline/domain/wire.ts';
import type { RecordPatch } from '../../api/records.ts';
import { t } from '../../text/t.ts';

/** Whom a refused act can be asked of: the people that the server names. */
export const peopleFor = (ability: AbilityWire): readonly { id: string; name: string }[] =>
  ability.allowed ? [] : (ability.people ?? []);

/** A task's name holds this many characters. */
const most = 200;

/**
 * The task that asks somebody for a step: about the record, within its system. A system's own is within it and names
 * it no second time. `about` are the kinds that a task may concern.
 */
export const askedTask = (
  record: Pick<RecordWire, 'id' | 'ref' | 'kind' | 'title'> & { home: Pick<RefWire, 'id'> | null },
  label: string,
  given: { assignee: string; due: string | null },
  about: readonly string[],
): RecordPatch => {
  const name = t('ask.task', { label, ref: record.ref, title: record.title });
  const system = record.kind === 'system' ? record.id : record.home?.id;
  return {
    fields: {
      name: name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`,
      assignee: given.assignee,
      ...(given.due === null ? {} : { due: given.due }),
    },
    links: {
      ...(system === undefined ? {} : { system: { set: [system] } }),
      ...(record.kind !== 'system' && about.includes(record.kind) ? { concerns: { set: [record.id] } } : {}),
    },
  };
};
