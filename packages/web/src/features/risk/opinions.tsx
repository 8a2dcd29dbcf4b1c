import type { DifferencesWire, OpinionWire, RoundWire, SettledWire } from '@throughline/domain/wire-risk.ts';
import { useState } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import css from './opinions.module.css';
import { bearers, type Choice, isWhole, type Point } from './rating-state.ts';
import { useOpinionAct, useOpinions } from './use-opinions.ts';
import { w } from './words.ts';

type Words = (level: string) => string;

/** Ratings side by side, one column a person; a part where they differ is marked, and says by how many levels. */
const SideBySide = ({
  opinions,
  differences,
  words,
}: {
  opinions: readonly OpinionWire[];
  differences: RoundWire['differences'];
  words: Words;
}) => (
  <div className={css.scroll}>
    <table className={css.table} aria-label={w('opinion.side-by-side')}>
      <thead>
        <tr>
          <td />
          {opinions.map(({ id, by, at }) => (
            <th key={id} scope="col">
              {by.name || w('opinion.someone')} <DateText value={at} />
            </th>
          ))}
          {differences === null ? null : <th scope="col">{w('opinion.apart')}</th>}
        </tr>
      </thead>
      <tbody>
        <tr data-differs={differences?.likelihood || undefined}>
          <th scope="row">{w('risk.likelihood')}</th>
          {opinions.map(({ id, likelihood }) => (
            <td key={id}>{likelihood}</td>
          ))}
          {differences === null ? null : (
            <td>{w(differences.likelihood ? 'opinion.differs' : 'opinion.same')}</td>
          )}
        </tr>
        {bearers.map((bearer) => (
          <tr key={bearer} data-differs={differences?.consequences[bearer] || undefined}>
            <th scope="row">{w(`risk.for.${bearer}`)}</th>
            {opinions.map(({ id, consequences, levels }) => (
              <td key={id}>
                {consequences[bearer]}
                <span className={css.level}>{words(levels[bearer])}</span>
              </td>
            ))}
            {differences === null ? null : <td>{apartWords(differences, bearer)}</td>}
          </tr>
        ))}
        <tr>
          <th scope="row">{w('opinion.reason')}</th>
          {opinions.map(({ id, reason }) => (
            <td key={id} className={css.reason}>
              {reason}
            </td>
          ))}
          {differences === null ? null : <td />}
        </tr>
      </tbody>
    </table>
    {differences?.criteria ? <p className={css.quiet}>{w('opinion.other-criteria')}</p> : null}
  </div>
);

const apartWords = (differences: DifferencesWire, bearer: (typeof bearers)[number]): string => {
  const apart = differences.apart[bearer];
  if (apart > 0) return w('opinion.levels-apart', { n: apart });
  return differences.consequences[bearer] ? w('opinion.same-level') : w('opinion.same');
};

/** What stands of a point: nobody, one whose rating is closed, or several that can be seen. */
const sentenceOf = ({ open, raters, own }: RoundWire): string => {
  const [first] = raters;
  if (first === undefined) return w('opinion.none');
  if (open) return w('opinion.open', { n: raters.length });
  return own === null
    ? w('opinion.closed', { who: first.name || w('opinion.someone') })
    : w('opinion.own-closed');
};

const Past = ({ settled, words }: { settled: readonly SettledWire[]; words: Words }) => (
  <details className={css.past}>
    <summary>{w('opinion.past', { n: settled.length })}</summary>
    {settled.map((one) => (
      <section key={`${one.point} ${one.version}`}>
        <p>
          {w('opinion.settled', {
            who: one.by.name || w('opinion.someone'),
            point: w(`risk.point.${one.point}`),
            n: one.version,
          })}{' '}
          <DateText value={one.at} />
          {one.reason === null ? null : `: ${one.reason}`}
        </p>
        <SideBySide opinions={one.opinions} differences={one.differences} words={words} />
      </section>
    ))}
  </details>
);

export type OpinionsProps = {
  recordRef: string;
  point: Point;
  choice: Choice;
  words: Words;
  /** Why this person may change nothing here. */
  refusal: string | undefined;
};

/** Two people rate one risk apart from each other, see where they differ, and somebody settles it with a reason. */
export const Opinions = ({ recordRef, point, choice, words, refusal }: OpinionsProps) => {
  const { data } = useOpinions(recordRef);
  const act = useOpinionAct(recordRef, data?.version ?? 0);
  const [reason, setReason] = useState('');
  if (data === undefined) return null;
  const round = data.rounds[point];
  const trouble = troubleOf(act.error);
  const obstacle = round.open ? undefined : (round.obstacle ?? undefined);
  const missing = isWhole(choice) ? undefined : w('risk.missing');
  const wordless = reason.trim().length < 3 ? w('opinion.reason-needed') : undefined;
  const send = (what: 'give' | 'settle') =>
    act.mutate({ do: what, point, choice, reason }, { onSuccess: () => setReason('') });
  return (
    <section className={css.part} aria-labelledby="opinions-title">
      <h2 id="opinions-title">{w('opinion.heading')}</h2>
      <p className={css.quiet}>{sentenceOf(round)}</p>
      {round.opinions.length === 0 ? null : (
        <SideBySide opinions={round.opinions} differences={round.differences} words={words} />
      )}
      {trouble === null ? null : <ProblemBox problem={trouble} />}
      {round.own !== null && !round.open ? (
        <Button
          busy={act.isPending}
          reason={refusal}
          onClick={() => act.mutate({ do: 'take-back', id: round.own ?? '' })}
        >
          {w('opinion.take-back')}
        </Button>
      ) : (
        <div className={css.form}>
          <LongTextField
            label={w(round.open ? 'opinion.why-settled' : 'opinion.why')}
            value={reason}
            rows={2}
            maxLength={2000}
            onChange={setReason}
          />
          <Button
            busy={act.isPending}
            reason={refusal ?? obstacle ?? missing ?? wordless}
            onClick={() => send(round.open ? 'settle' : 'give')}
          >
            {w(round.open ? 'opinion.settle' : 'opinion.give')}
          </Button>
        </div>
      )}
      {data.settled.length === 0 ? null : <Past settled={data.settled} words={words} />}
    </section>
  );
};
