import { moveAsAct } from '@throughline/domain/finding-answer.ts';
import {
  type PlanFacts,
  type PlannedRecord,
  type PlannedRow,
  stateLeft,
} from '@throughline/domain/import/plan.ts';
import { refuseFixed } from '@throughline/domain/kinds/fixed.ts';
import { may } from '@throughline/domain/permissions.ts';
import { auditedRefusal } from '../../records/audited.ts';
import { entailedObstacle } from '../../records/entailed-duty.ts';
import { callingOffObstacle } from '../../records/found.ts';
import { endingRefusal } from '../../records/two-hands.ts';
import type { Services } from '../../services.ts';
import type { Reader } from '../../store/reader.ts';
import { recordsById } from '../../store/records.ts';
import type { By } from './missing-records.ts';

/**
 * A row whose records go on only where whoever imports could take those steps too: what is refused on a record's own page
 * for what stands around it is left, and said, while the row's other cells apply. Throws `unprocessable` where what the row
 * changes beside it stays as it was set in that state.
 */
export async function withoutRefusedMoves(
  services: Services,
  reader: Reader,
  by: By,
  row: PlannedRow,
  facts: Pick<PlanFacts, 'kind' | 'formation' | 'headings'>,
): Promise<PlannedRow> {
  let left = row;
  for (const record of row.records) {
    const why = await refusedMove(services, reader, by, record);
    if (why !== undefined) left = leave(left, record, why, facts);
  }
  return left;
}

async function refusedMove(
  services: Services,
  reader: Reader,
  by: By,
  { kind, before, state, changed }: PlannedRecord,
): Promise<string | undefined> {
  if (!before || state === before.state) return undefined;
  if (!may(by.actor, kind.name, 'transition')) return 'whoever imports takes no steps in this register.';
  const record = (await recordsById(reader, [before.id])).get(before.id);
  if (!record) return undefined;
  const judged = moveAsAct(kind.name, before.state, state);
  const audited = judged && (await auditedRefusal(reader, by, record, judged));
  const ended = kind.lifecycle.states[state]?.ended === true;
  const refusal =
    audited ??
    (ended ? await entailedObstacle(services, reader, record, by.at) : undefined) ??
    (await endingRefusal(reader, by, kind, record, { state, wrote: changed }));
  return refusal?.message ?? callingOffObstacle(reader, kind, record, state);
}

function leave(
  row: PlannedRow,
  record: PlannedRecord,
  why: string,
  facts: Pick<PlanFacts, 'kind' | 'formation' | 'headings'>,
): PlannedRow {
  const { kind, before, state: said } = record;
  if (!before) return row;
  refuseFixed(kind, before.state, record.changed);
  const part = kind.name === facts.kind.name ? 'state' : `${facts.formation?.relation}.state`;
  const changes = row.changes.filter((change) => change.part !== part);
  const kept = {
    ...record,
    state: before.state,
    changes: record.changes.filter((change) => change.part !== 'state'),
  };
  return {
    ...row,
    outcome: row.outcome === 'changed' && changes.length === 0 ? 'unchanged' : row.outcome,
    records: row.records.map((one) => (one === record ? kept : one)),
    changes,
    reports: [...row.reports, stateLeft(kind, row.row, { stands: before.state, said }, why, facts)],
  };
}
