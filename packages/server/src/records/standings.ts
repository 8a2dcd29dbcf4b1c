import {
  type Approval,
  approvalStanding,
  inForce,
  type Standing,
  staleInputs,
} from '@throughline/domain/approvals.ts';
import { approvalsOf, inputsAt, inputsNow } from '../store/approvals.ts';
import type { Reader } from '../store/reader.ts';
import type { RefRow } from '../store/records.ts';
import { gapsOfSystems } from '../store/systems.ts';
import { heldBeside } from './beside.ts';
import { beyondAmong } from './beyond-authority.ts';
import type { When } from './systems-made.ts';

type Asked = readonly { readonly id: string; readonly kind: string }[];
type Acts = ReadonlyMap<string, readonly Approval[]>;

/** How the approvals of the records given stand, by record; with an index, how they stood when the log had it. */
export async function standingsOf(
  reader: Reader,
  records: Asked,
  when: When,
): Promise<Map<string, Standing>> {
  const ids = records.map((row) => row.id);
  const acts = await approvalsOf(reader, ids, when.index);
  const { current, beside, beyond } = await movedSince(reader, records, acts, when);
  return new Map(
    [...acts].map(([id, of]) => [id, approvalStanding(of, current, beside(id), beyond.has(id))]),
  );
}

/** Those of the records given whose approval in force is stale, or beyond the authority of its giver, by the acts on each. */
export async function staleAmong(
  reader: Reader,
  records: Asked,
  acts: Acts,
  when: When,
): Promise<ReadonlySet<string>> {
  const { current, beside, beyond } = await movedSince(reader, records, acts, when);
  const isStale = (id: string, approval: Approval | undefined): boolean =>
    approval !== undefined &&
    (beyond.has(id) || beside(id).length > 0 || staleInputs(approval, current).length > 0);
  return new Set([...acts].flatMap(([id, of]) => (isStale(id, inForce(of)) ? [id] : [])));
}

/**
 * What approvals stood on as it is now, and what is held against them beside that, by record. Authority is that of today:
 * of an earlier moment nothing is said of it.
 */
async function movedSince(reader: Reader, records: Asked, acts: Acts, when: When) {
  const { index } = when;
  const basis = [...acts.values()].flat().flatMap((act) => act.basis.map((item) => item.record));
  const current = index === null ? await inputsNow(reader, basis) : await inputsAt(reader, basis, index);
  const given = records.filter(({ id }) => inForce(acts.get(id) ?? []));
  const beyond = index === null ? await beyondAmong(reader, given, acts) : new Set<string>();
  return { current, beyond, beside: await heldBeside(reader, given, when) };
}

/** How a linked record stands: its approval, or for a system the gaps of its line. */
export type Marks = {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly gaps: ReadonlyMap<string, number>;
};

export async function marksOf(reader: Reader, refs: readonly RefRow[], at: Date): Promise<Marks> {
  const approvable = refs.filter((row) => reader.registry.get(row.kind).approvable !== undefined);
  const systems = refs.filter((row) => row.kind === 'system').map((row) => row.id);
  return {
    standings:
      approvable.length === 0 ? new Map() : await standingsOf(reader, approvable, { at, index: null }),
    gaps: await gapsOfSystems(reader, systems),
  };
}
