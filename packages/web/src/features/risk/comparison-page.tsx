import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import { type Compared, comparisonOf, leftOut } from '@throughline/domain/risk/comparison.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import type { SoaRowWire } from '@throughline/domain/wire-soa.ts';
import { type ReactNode, useState } from 'react';
import { patch } from '../../api/client.ts';
import { etagOf } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { announce } from '../../ui/live-region.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './findings.module.css';
import { usePlan } from './use-plan.ts';
import { w } from './words.ts';

type Said = { readonly answer: 'needed' | 'not-needed'; readonly reason: string };

/** Keeps one judgement as an edit of the plan. */
const useJudge = (plan: RecordWire) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ control, answer, reason }: Said & { readonly control: string }) => {
      const now: readonly Json[] = Array.isArray(plan.fields.compared) ? plan.fields.compared : [];
      const others = now.filter(
        (row) => !(typeof row === 'object' && row !== null && 'control' in row && row.control === control),
      );
      const compared = [...others, { control, answer, ...(reason === '' ? {} : { reason }) }];
      await patch(
        `/api/v1/treatments/${plan.ref}`,
        { fields: { compared } },
        { ifMatch: etagOf(plan.version) },
      );
    },
    onSuccess: async () => {
      announce(w('comparison.kept'));
      await client.invalidateQueries();
    },
    onError: () => client.invalidateQueries(),
  });
};

type ItemProps = {
  row: SoaRowWire;
  compared: Compared;
  refusal: string | undefined;
  judge: ReturnType<typeof useJudge>;
};

const Item = ({ row, compared, refusal, judge }: ItemProps) => {
  const [reason, setReason] = useState(compared.reason ?? '');
  const open = compared.answer === 'open';
  const say = (answer: Said['answer']) => judge.mutate({ control: row.id, answer, reason: reason.trim() });
  return (
    <li className={css.item} aria-label={`${row.id} ${row.title}`}>
      <div>
        <p className={css.title}>
          <span className={css.id}>{row.id}</span> {row.title}
        </p>
        <p className={css.quiet}>
          {w(`comparison.soa.${row.decided}`)} {row.justification}
        </p>
        {open || compared.reason === null ? null : <p className={css.quiet}>{compared.reason}</p>}
      </div>
      <div className={css.answer}>
        {open ? (
          <div className={css.reason}>
            <TextField label={w('comparison.why')} value={reason} maxLength={300} onChange={setReason} />
            <div className={css.answer}>
              <Button busy={judge.isPending} reason={refusal} onClick={() => say('needed')}>
                {w('comparison.needed')}
              </Button>
              <Button
                busy={judge.isPending}
                reason={refusal ?? (reason.trim() === '' ? w('comparison.why-needed') : undefined)}
                onClick={() => say('not-needed')}
              >
                {w('comparison.not-needed')}
              </Button>
            </div>
          </div>
        ) : (
          <span>{w(`comparison.is.${compared.answer}`)}</span>
        )}
      </div>
    </li>
  );
};

const Comparison = ({ plan, rows }: { plan: RecordWire; rows: readonly SoaRowWire[] }) => {
  const judge = useJudge(plan);
  const refusal = useEditRefusal('treatments', plan.ref);
  const called = new Set((plan.links.controls ?? []).map(({ id }) => id));
  const items = new Set(rows.flatMap(({ id, control }) => (control && called.has(control.id) ? id : [])));
  const ids = rows.map(({ id }) => id);
  const compared = comparisonOf(plan.fields, ids, items);
  const { open, needed } = leftOut(compared);
  const trouble = troubleOf(judge.error);
  return (
    <div className={css.page}>
      <header>
        <h1>{plan.title}</h1>
        <p>{w('comparison.sentence', { n: open.length, all: rows.length })}</p>
        {needed.length === 0 ? null : <p>{w('comparison.add', { controls: needed.join(', ') })}</p>}
        <p className={css.quiet}>{w('comparison.help')}</p>
      </header>
      {trouble === null ? null : <ProblemBox problem={trouble} />}
      <ul className={css.list}>
        {compared.map((one, at) => {
          const row = rows[at];
          return row ? <Item key={row.id} row={row} compared={one} refusal={refusal} judge={judge} /> : null;
        })}
      </ul>
    </div>
  );
};

export type ComparisonPageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** A plan's controls against Annex A: each of the 38 is called for, needed, or not because (6.1.3). */
export const ComparisonPage = ({ recordRef, crumbs, absent }: ComparisonPageProps) => {
  usePageTitle(w('comparison.title', { ref: recordRef }));
  const { plan, rows, error, missing, again } = usePlan(recordRef);
  if (missing) return absent;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {plan !== undefined && rows !== undefined ? (
        <Comparison plan={plan} rows={rows} />
      ) : problem === null ? (
        <Skeleton height={28} lines={10} />
      ) : (
        <ErrorLine problem={problem} onRetry={again} />
      )}
    </>
  );
};
