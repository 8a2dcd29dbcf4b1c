import { DomainError, type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { type CriterionRow, cellWords, criteriaRows } from '@throughline/domain/kinds/gate-rows.ts';
import type { CriterionAnswer } from '@throughline/domain/wire-gates.ts';
import { editInside } from '../../records/edit-record.ts';
import { takeCriteriaInside } from '../../records/gate-criteria.ts';
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
  /** Member id. */
  readonly missOwner: string | null;
  readonly missBy: string | null;
};

/** Takes the criteria from the line as it says now; answers that were given to something else fall. */
export async function takeCriteria(services: Services, ctx: Context, input: On): Promise<void> {
  const kind = services.registry.get('gate');
  ensureMay(ctx.actor, kind, 'edit');
  await services.store.change(ctx, async (write) => {
    const gate = await lockFor(write, kind, input.ref, 'edit');
    ensureVersion(gate, input.version);
    ensureAsked(gate);
    await takeCriteriaInside(services, write, gate);
  });
}

function ensureAsked(gate: LockedRecord): void {
  if (gate.state !== 'asked' && gate.state !== 'not-passed')
    throw new DomainError(
      'conflict',
      'This gate is decided: its criteria stay as they were. Ask again to look anew.',
    );
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

function answered(
  row: CriterionRow,
  { answer, checked, answerToMiss, missOwner, missBy }: Answer,
): CriterionRow {
  const given = { answer, checked, answerToMiss, missOwner, missBy };
  const kept = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== ''),
  );
  const rest = Object.entries(row).filter(([column]) => !(column in given));
  return { ...Object.fromEntries(rest), ...kept };
}
