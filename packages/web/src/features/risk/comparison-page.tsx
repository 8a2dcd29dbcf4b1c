import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import { type Compared, comparisonOf, leftOut } from '@throughline/domain/risk/comparison.ts';
import { isSentence } from '@throughline/domain/text.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import type { SoaRowWire } from '@throughline/domain/wire-soa.ts';
import { type ReactNode, useState } from 'react';
import { patch } from '../../api/client.ts';
import { etagOf } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { announce } from '../../ui/live-region.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './findings.module.css';
import { usePlan } from './use-plan.ts';
import { w } from './words.ts';

type Said = { readonly answer: 'needed' | 'not-needed'; readonly reason: string };

/** Keeps what is said of one control, or of several at once, as one edit of the plan. */
const useJudge = (plan: RecordWire) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ controls, answer, reason }: Said & { readonly controls: readonly string[] }) => {
      const now: readonly Json[] = Array.isArray(plan.fields.compared) ? plan.fields.compared : [];
      const others = now.filter(
        (row) =>
          !(
            typeof row === 'object' &&
            row !== null &&
            'control' in row &&
            controls.includes(String(row.control))
          ),
      );
      const said = controls.map((control) => ({ control, answer, ...(reason === '' ? {} : { reason }) }));
      await patch(
        `/api/v1/treatments/${plan.ref}`,
        { fields: { compared: [...others, ...said] } },
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

type AnswerProps = {
  controls: readonly string[];
  reasonNow: string;
  refusal: string | undefined;
  judge: ReturnType<typeof useJudge>;
  onSaid?: () => void;
};

/** The two answers, and the reason that the second one takes. */
const Answer = ({ controls, reasonNow, refusal, judge, onSaid }: AnswerProps) => {
  const [reason, setReason] = useState(reasonNow);
  const say = (answer: Said['answer']) =>
    judge.mutate(
      { controls, answer, reason: reason.trim() },
      onSaid === undefined ? {} : { onSuccess: onSaid },
    );
  return (
    <div className={css.reason}>
      <TextField label={w('comparison.why')} value={reason} maxLength={300} onChange={setReason} />
      <div className={css.answer}>
        <Button busy={judge.isPending} reason={refusal} onClick={() => say('needed')}>
          {w('comparison.needed')}
        </Button>
        <Button
          busy={judge.isPending}
          reason={refusal ?? (!isSentence(reason) ? w('comparison.why-needed') : undefined)}
          onClick={() => say('not-needed')}
        >
          {w('comparison.not-needed')}
        </Button>
      </div>
    </div>
  );
};

type ItemProps = Pick<AnswerProps, 'refusal' | 'judge'> & {
  row: SoaRowWire;
  compared: Compared;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
};

const Item = ({ row, compared, refusal, judge, chosen, onChoose }: ItemProps) => {
  const open = compared.answer === 'open';
  const name = `${row.id} ${row.title}`;
  return (
    <li className={css.judged} aria-label={name}>
      <div>
        {compared.answer === 'called-for' ? null : (
          <Checkbox bare label={w('comparison.choose', { name })} checked={chosen} onChange={onChoose} />
        )}
      </div>
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
        {open && !chosen ? (
          <Answer controls={[row.id]} reasonNow={compared.reason ?? ''} refusal={refusal} judge={judge} />
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
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const chosen = compared.flatMap(({ control, answer }) =>
    answer !== 'called-for' && marked.has(control) ? control : [],
  );
  const choose = (ids: readonly string[], on: boolean) =>
    setMarked((now) => new Set(on ? [...now, ...ids] : [...now].filter((id) => !ids.includes(id))));
  return (
    <div className={css.page}>
      <header>
        <h1>{plan.title}</h1>
        <p>
          {open.length === 0
            ? w('comparison.all-answered', { n: rows.length })
            : w('comparison.sentence', { n: open.length, all: rows.length })}
        </p>
        {needed.length === 0 ? null : <p>{w('comparison.add', { controls: needed.join(', ') })}</p>}
        <p className={css.quiet}>{w('comparison.help')}</p>
      </header>
      {trouble === null ? null : <ProblemBox problem={trouble} />}
      <div className={css.together}>
        <span aria-live="polite">{w('comparison.chosen', { n: chosen.length })}</span>
        {open.length === 0 ? null : (
          <Button onClick={() => choose(open, true)}>{w('comparison.choose-open')}</Button>
        )}
        {chosen.length === 0 ? null : (
          <>
            <Button onClick={() => choose(chosen, false)}>{w('comparison.choose-none')}</Button>
            <Answer
              controls={chosen}
              reasonNow=""
              refusal={refusal}
              judge={judge}
              onSaid={() => setMarked(new Set())}
            />
          </>
        )}
      </div>
      <ul className={css.list}>
        {compared.map((one, at) => {
          const row = rows[at];
          return row ? (
            <Item
              key={row.id}
              row={row}
              compared={one}
              refusal={refusal}
              judge={judge}
              chosen={marked.has(row.id)}
              onChoose={(on) => choose([row.id], on)}
            />
          ) : null;
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
