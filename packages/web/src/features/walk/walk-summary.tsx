import { useMutation } from '@tanstack/react-query';
import type { ChangeWire, RefWire } from '@throughline/domain/wire.ts';
import { useEffect, useRef, useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { VerdictLabel } from '../../ui/marks/verdict-mark.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { notify } from '../../ui/toast.tsx';
import type { WalkUnderWay } from './use-walk.ts';
import css from './walk.module.css';
import { type Compared, clockText, compare, recordOf, reopen, walkedSeconds } from './walk-state.ts';
import { w } from './words.ts';

const Row = ({ row }: { row: Compared }) => (
  <tr data-differs={row.difference !== null || undefined}>
    <td className={css.numberCell}>{row.order}</td>
    <th scope="row">{row.name}</th>
    <td>{w(`walk.mark.${row.you}`)}</td>
    <td>
      <VerdictLabel verdict={row.known} />
    </td>
    <td className={css.difference}>
      {row.difference === null ? '' : w(`walk.differs.${row.difference}`)}
      {row.note === '' ? null : <span className={css.rowNote}>{row.note}</span>}
    </td>
  </tr>
);

const Comparison = ({ rows }: { rows: readonly Compared[] }) => (
  <ScrollBox label={w('walk.summary.station')}>
    <table className={plain.table}>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {w('walk.summary.station')}
          </th>
          <th scope="col">{w('walk.summary.you')}</th>
          <th scope="col">{w('walk.summary.register')}</th>
          <th scope="col">{w('walk.summary.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  </ScrollBox>
);

const pausesText = (count: number): string =>
  count === 0 ? w('walk.summary.no-pauses') : w('walk.summary.pauses', { n: count });

/** The record of a walk whose system was not drawn: it says that somebody chose it. */
const chosenWalk = async (system: RefWire, key: string): Promise<string> => {
  const { record } = await post<ChangeWire>(
    '/api/v1/walks',
    {
      fields: {
        name: w('walk.name', { title: system.title }).slice(0, 200),
        population: 'register',
        method: 'judgement',
        drawnItem: system.ref,
      },
      links: { system: { set: [system.id] } },
    },
    { idempotencyKey: `${key}-chosen` },
  );
  return record.ref;
};

export type WalkSummaryProps = {
  under: WalkUnderWay;
  /** The record of the draw that this walk belongs to; none where the system was chosen. */
  walkRef: string | undefined;
};

/** The end of a walk: gaps seen beside gaps known, the differences, and the way to keep it as evidence. */
export const WalkSummary = ({ under, walkRef }: WalkSummaryProps) => {
  const { walk, stations, system, conclusion, change, conclude, done } = under;
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [key] = useState(newIdempotencyKey);
  const rows = compare(walk, stations);
  const seen = rows.filter(({ you }) => you === 'gap').length;
  const known = rows.filter(({ known: verdict }) => verdict === 'gap' || verdict === 'accepted').length;
  const differences = rows.filter(({ difference }) => difference !== null).length;
  const keep = useMutation({
    mutationFn: async () => {
      const ref = walkRef ?? (await chosenWalk(system, key));
      await post(`/api/v1/walks/${ref}/record`, recordOf(walk, rows, conclusion), { idempotencyKey: key });
      return ref;
    },
    onSuccess: (ref) => {
      done();
      notify({ text: w('walk.recorded', { ref: system.ref }) });
      navigate(`/walks/${ref}`);
    },
  });
  const problem = troubleOf(keep.error);
  const time = clockText(walkedSeconds(walk, walk.endedAt ?? walk.startedAt));
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className={css.name}>
        {w('walk.summary', { n: seen, known })}
      </h1>
      <p className={css.statement}>
        {differences === 0 ? w('walk.summary.agree') : w('walk.summary.differences', { n: differences })}{' '}
        {w('walk.summary.time', { time, pauses: pausesText(walk.pauses.length) })}
        {walkRef === undefined ? ` ${w('walk.chosen')}` : null}
      </p>
      <Comparison rows={rows} />
      <div className={css.noteField}>
        <LongTextField
          label={w('walk.conclusion')}
          help={w('walk.conclusion-help')}
          value={conclusion}
          maxLength={2000}
          optional
          onChange={conclude}
        />
      </div>
      {problem === null ? null : <ProblemBox problem={problem} />}
      <div className={css.foot}>
        <Button size="form" onClick={() => change((now) => reopen(now, Date.now()))}>
          {w('walk.continue')}
        </Button>
        <Button look="primary" size="form" busy={keep.isPending} onClick={() => keep.mutate()}>
          {w('walk.record')}
        </Button>
      </div>
    </>
  );
};
