import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PlannedDutyWire, RegisterWire } from '@throughline/domain/wire-register.ts';
import { get, post } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { formatDay } from '../../text/dates.ts';
import { dutyRegister } from '../../text/en/duty-register.ts';
import { t, wordsOf } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { RefLink } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import css from './interview.module.css';
import { numbersOf, sentenceOf } from './register-words.ts';

const said = wordsOf(dutyRegister);

const pathOf = (ref: string): string => `/api/v1/classifications/${encodeURIComponent(ref)}/obligations`;

const useRegister = (ref: string) => {
  const client = useQueryClient();
  const key = ['register', ref];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<RegisterWire>(pathOf(ref), { signal }),
  });
  const write = useMutation({
    mutationFn: () =>
      post<RegisterWire>(pathOf(ref), { because: said('classification.register.because', { ref }) }),
    onSuccess: (after) => {
      client.setQueryData(key, after);
      announce(said('classification.register.written'));
    },
    onError: () => client.invalidateQueries({ queryKey: key }),
  });
  return { data, write };
};

const dayWords = ({ does, from, before }: PlannedDutyWire): string => {
  const day = from === null ? '' : formatDay(from);
  if (does === 'hold') return t('classification.obligation.dormant');
  if (does === 'move' && before !== null)
    return said('classification.register.moves', { before: formatDay(before), day });
  return said(does === 'stand' ? 'classification.register.stands' : 'classification.register.adds', { day });
};

const Duty = ({ duty }: { duty: PlannedDutyWire }) => {
  const kinds = useKinds();
  return (
    <tr>
      <td>{t('classification.article', { article: duty.article })}</td>
      <td>{duty.title}</td>
      <td>{dayWords(duty)}</td>
      <td>
        {duty.record === null ? null : <RefLink refText={duty.record.ref} href={kinds.href(duty.record)} />}
      </td>
    </tr>
  );
};

const FellAway = ({ of }: { of: RegisterWire['fellAway'] }) => {
  const kinds = useKinds();
  return of.length === 0 ? null : (
    <section className={css.notice} aria-labelledby="register-fell">
      <h3 id="register-fell">{said('classification.register.fell', { n: of.length })}</h3>
      <p>{said('classification.register.fell-help')}</p>
      <ul className={css.places}>
        {of.map(({ record }) => (
          <li key={record.id}>
            <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What the register of obligations holds of what follows, and the one act that brings it up to date. */
export const RegisterPanel = ({ recordRef, reason }: { recordRef: string; reason: string | undefined }) => {
  const { data, write } = useRegister(recordRef);
  if (data === undefined) return null;
  const problem = troubleOf(write.error);
  const { add, move } = numbersOf(data);
  return (
    <section className={css.part} aria-labelledby="interview-register">
      <h2 id="interview-register">{said('classification.register')}</h2>
      <p>{sentenceOf(data)}</p>
      {data.duties.length === 0 ? null : (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead>
              <tr>
                <th>{said('classification.register.article')}</th>
                <th>{said('classification.register.title')}</th>
                <th>{said('classification.register.day')}</th>
                <th>{said('classification.register.record')}</th>
              </tr>
            </thead>
            <tbody>
              {data.duties.map((duty) => (
                <Duty key={duty.item} duty={duty} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <FellAway of={data.fellAway} />
      {problem === null ? null : <ProblemBox problem={problem} />}
      {data.notYet === null && add + move > 0 ? (
        <div className={css.foot}>
          <Button reason={reason} reasonShown busy={write.isPending} onClick={() => write.mutate()}>
            {said('classification.register.write', { n: add + move })}
          </Button>
        </div>
      ) : null}
    </section>
  );
};
