import { parts } from './composition.ts';
import type { Context } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { on, rec } from './say.ts';

/** A significant change of the system, or of a model or data set that it is made of. */
export type SystemChange = { readonly record: TraceRecord; readonly at: string; readonly day: string };

/** A system as far as its changes are judged: itself, its versions that run, models and data sets. */
export type MadeOf = Pick<Context, 'system' | 'clock'> & {
  readonly organisation: Pick<OrganisationFacts, 'zone'>;
};

/** Kinds whose changes count. */
export const changingKinds: readonly string[] = ['system', 'model', 'dataset'];

/**
 * What changed in the system: the latest change of each record. The first entry in the register is none.
 * Nor are steps of the life cycle and new versions, for nothing material is said in them. Of suppliers it is a change of
 * the system which it depends on: their own record speaks of contracts and checks, which judge nothing anew.
 */
export function systemChanges(c: MadeOf): SystemChange[] {
  return [c.system.record, ...parts(c, 'model'), ...parts(c, 'dataset')]
    .filter(({ createdAt, materialAt }) => Date.parse(materialAt) > Date.parse(createdAt))
    .map((record) => ({
      record,
      at: record.materialAt,
      day: c.organisation.zone.dayOf(record.materialAt),
    }));
}

/**
 * Whether what changed was at a moment as it is now, in all that is material: it changed before that, or was changed back
 * since. Whoever judged it then judged what stands today.
 * @param moment RFC 3339
 */
export function wasSo({ record, at }: SystemChange, moment: string): boolean {
  const asked = Date.parse(moment);
  if (asked >= Date.parse(at)) return true;
  const stretches = record.saidSo ?? [];
  return stretches.some(([from, until]) => Date.parse(from) <= asked && asked < Date.parse(until));
}

/** The newest of some changes, for a sentence. */
export function changeSlots(c: Context, changes: readonly SystemChange[]) {
  const [newest] = [...changes].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return { record: rec(newest?.record ?? c.system.record), day: on(newest?.day ?? c.clock.today) };
}
