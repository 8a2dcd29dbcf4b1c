import { approvalStanding, type Standing } from '@throughline/domain/approvals.ts';
import { approvalsOf, inputsAt, inputsNow } from '../store/approvals.ts';
import type { Reader } from '../store/reader.ts';
import type { RefRow } from '../store/records.ts';
import { gapsOfSystems } from '../store/systems.ts';

/** How the approvals of the records given stand, by record; with an index, how they stood when the log had it. */
export async function standingsOf(
  reader: Reader,
  records: readonly { readonly id: string }[],
  index: number | null = null,
): Promise<Map<string, Standing>> {
  const acts = await approvalsOf(
    reader,
    records.map((row) => row.id),
    index,
  );
  const basis = [...acts.values()].flat().flatMap((act) => act.basis.map((item) => item.record));
  const current = index === null ? await inputsNow(reader, basis) : await inputsAt(reader, basis, index);
  return new Map([...acts].map(([id, of]) => [id, approvalStanding(of, current)]));
}

/** How a linked record stands: its approval, or for a system the gaps of its line. */
export type Marks = {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly gaps: ReadonlyMap<string, number>;
};

export async function marksOf(reader: Reader, refs: readonly RefRow[]): Promise<Marks> {
  const approvable = refs.filter((row) => reader.registry.get(row.kind).approvable !== undefined);
  const systems = refs.filter((row) => row.kind === 'system').map((row) => row.id);
  return {
    standings: approvable.length === 0 ? new Map() : await standingsOf(reader, approvable),
    gaps: await gapsOfSystems(reader, systems),
  };
}
