import { DomainError, type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { takenRows } from '@throughline/domain/gates/answers.ts';
import { askedOf, type Criterion, deriveCriteria } from '@throughline/domain/gates/derive.ts';
import { type CriterionRow, cellWords, criteriaRows } from '@throughline/domain/kinds/gate-rows.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import type { CriterionAnswer } from '@throughline/domain/wire-gates.ts';
import { editInside } from '../../records/edit-record.ts';
import { lineWorld } from '../../records/line-world.ts';
import { ensureMay, ensureVersion, lockFor } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import type { LockedRecord } from '../../store/write.ts';

type On = { readonly ref: string; readonly version: number };
export type Answer = {
  readonly key: string;
  readonly criterion: string;
  readonly answer: CriterionAnswer | null;
  readonly checked: string | null;
  readonly answerToMiss: string | null;
};

/** What the gate stands on is named, up to this many records: content of a record stays small. */
const seenAtMost = 200;

/** Takes the criteria from the line as it says now; answers that were given to something else fall. */
export async function takeCriteria(services: Services, ctx: Context, input: On): Promise<void> {
  const kind = services.registry.get('gate');
  ensureMay(ctx.actor, kind, 'edit');
  await services.store.change(ctx, async (write) => {
    const gate = await lockFor(write, kind, input.ref, 'edit');
    ensureVersion(gate, input.version);
    ensureAsked(gate);
    const world = gate.system === null ? undefined : await lineWorld(services, write, gate.system);
    const own = world?.inputs.own.find(({ id }) => id === gate.id);
    const asked = own && askedOf(own);
    if (!world || !asked) throw new DomainError('conflict', 'The system of this gate is archived.');
    const { facts, inputs } = world;
    const criteria = deriveCriteria({ organisation: facts, inputs, catalogue: services.catalogue }, asked);
    const find = (id: string): TraceRecord | undefined =>
      inputs.own.find((one) => one.id === id) ?? facts.byId.get(id);
    const seen = [...new Set(criteria.flatMap(({ finding, records }) => (finding === 'met' ? records : [])))];
    await editInside(write, kind, gate, {
      fields: { criteria: takenRows(gate.content.fields, criteria, (one) => seenOf(one, find)) },
      links: { seen: { set: seen.filter((id) => isSeen(find(id), gate)).slice(0, seenAtMost) } },
    });
  });
}

/** A record of the system or of the whole organisation; the system itself and tasks are nothing that is decided on. */
const isSeen = (record: TraceRecord | undefined, gate: LockedRecord): boolean =>
  record !== undefined &&
  !record.archived &&
  record.id !== gate.id &&
  !['system', 'task'].includes(record.kind);

function ensureAsked(gate: LockedRecord): void {
  if (gate.state !== 'asked' && gate.state !== 'not-passed')
    throw new DomainError(
      'conflict',
      'This gate is decided: its criteria stay as they were. Ask again to look anew.',
    );
}

/** Records with their versions: what was seen stays readable when they go on. */
function seenOf({ records }: Criterion, find: (id: string) => TraceRecord | undefined): string {
  const named = records.flatMap((id) => {
    const record = find(id);
    return record ? [`${record.ref} v${record.inForce?.version ?? record.version}`] : [];
  });
  const text = named.join(', ');
  return text.length > 400 ? `${text.slice(0, text.lastIndexOf(', ', 380))} and more` : text;
}

/** Answers of people, row by row, on the version that they saw. */
export async function answerCriteria(
  services: Services,
  ctx: Context,
  input: On & { readonly answers: readonly Answer[] },
): Promise<void> {
  const kind = services.registry.get('gate');
  ensureMay(ctx.actor, kind, 'edit');
  await services.store.change(ctx, async (write) => {
    const gate = await lockFor(write, kind, input.ref, 'edit');
    ensureVersion(gate, input.version);
    ensureAsked(gate);
    const rows = criteriaRows(gate.content.fields);
    const problems: ErrorItem[] = [];
    const said = new Map<CriterionRow, Answer>();
    for (const [at, answer] of input.answers.entries()) {
      const row = rows.find(
        (one) =>
          cellWords(one, 'key') === answer.key && cellWords(one, 'criterion') === answer.criterion.trim(),
      );
      if (!row) problems.push({ at: `answers.${at}`, message: 'This gate has no such criterion.' });
      else if (said.has(row)) problems.push({ at: `answers.${at}`, message: 'It is answered twice.' });
      else said.set(row, answer);
    }
    if (problems.length > 0) throw unprocessable(problems);
    const next = rows.map((row) => {
      const answer = said.get(row);
      return answer ? answered(row, answer) : row;
    });
    await editInside(write, kind, gate, { fields: { criteria: next } });
  });
}

function answered(row: CriterionRow, { answer, checked, answerToMiss }: Answer): CriterionRow {
  const given = { answer, checked, answerToMiss };
  const kept = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== ''),
  );
  const { answer: _answer, checked: _checked, answerToMiss: _miss, ...rest } = row;
  return { ...rest, ...kept };
}
