import { linksOf } from '../trace/read.ts';
import { callingKinds, type SoaRecord } from './types.ts';

/** The records of one control: what could call for it, what puts it in place, what tests it. */
export type ControlRecords = {
  readonly calling: readonly SoaRecord[];
  readonly implementations: readonly SoaRecord[];
  readonly tests: readonly SoaRecord[];
};
/** By the id of the control's record. A group that nothing touched stays the same object. */
export type Groups = ReadonlyMap<string, ControlRecords>;

export const noRecords: ControlRecords = { calling: [], implementations: [], tests: [] };

type Part = keyof ControlRecords;
const calling: readonly string[] = callingKinds;

function partOf(record: SoaRecord): Part | null {
  if (record.kind === 'implementation') return 'implementations';
  if (record.kind === 'control-test') return 'tests';
  return calling.includes(record.kind) ? 'calling' : null;
}

const controlsOf = (record: SoaRecord, part: Part): ReadonlySet<string> =>
  new Set(linksOf(record, part === 'calling' ? 'controls' : 'control'));

export function groupsOf(records: Iterable<SoaRecord>): Groups {
  const groups = new Map<string, Record<Part, SoaRecord[]>>();
  for (const record of records) {
    const part = partOf(record);
    if (part === null) continue;
    for (const control of controlsOf(record, part)) {
      const known = groups.get(control) ?? { calling: [], implementations: [], tests: [] };
      groups.set(control, known);
      known[part].push(record);
    }
  }
  return groups;
}

/** One record as it stood in the groups and as it stands now; neither where it is not there. */
export type Change = { readonly before: SoaRecord | undefined; readonly after: SoaRecord | undefined };

/** Groups after some records changed: those of controls that no change names are taken over as they are. */
export function regroup(groups: Groups, changes: readonly Change[]): Groups {
  const touched = new Map<string, Record<Part, Set<string>>>();
  const added = new Map<string, SoaRecord[]>();
  for (const { before, after } of changes)
    for (const record of [before, after]) {
      const part = record && partOf(record);
      if (!record || !part) continue;
      for (const control of controlsOf(record, part)) {
        const ids = touched.get(control) ?? {
          calling: new Set(),
          implementations: new Set(),
          tests: new Set(),
        };
        touched.set(control, ids);
        ids[part].add(record.id);
        if (record === after) added.set(control, [...(added.get(control) ?? []), record]);
      }
    }
  const next = new Map(groups);
  for (const [control, ids] of touched) {
    const known = groups.get(control) ?? noRecords;
    const fresh = added.get(control) ?? [];
    const part = (name: Part) => [
      ...known[name].filter(({ id }) => !ids[name].has(id)),
      ...fresh.filter((record) => partOf(record) === name),
    ];
    next.set(control, {
      calling: part('calling'),
      implementations: part('implementations'),
      tests: part('tests'),
    });
  }
  return next;
}
