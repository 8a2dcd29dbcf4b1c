import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notKnown } from '@throughline/domain/classification/answer-text.ts';
import type { ClassOfUseWire, TierOfUseWire, UseClassesWire } from '@throughline/domain/wire-classes.ts';
import { type ReactNode, useState } from 'react';
import { get, post } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { troubleOf } from '../../api/trouble.ts';
import { newRecordHref } from '../../kinds/prefill.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { Link, RefLink } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { useNavigate, usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './interview.module.css';
import { w } from './words.ts';

type Scheme = UseClassesWire['schemes'][number];
const pathOf = (ref: string): string => `/api/v1/use-cases/${encodeURIComponent(ref)}`;

const sinceWords = ({ givenBy, on }: ClassOfUseWire): string | null => {
  if (givenBy !== null)
    return on === null
      ? w('classes.given-by', { who: givenBy })
      : w('classes.given', { who: givenBy, day: formatDay(on) });
  return on === null ? null : w('classes.on', { day: formatDay(on) });
};

/** What was taken back, by whom, when and why: a class that was there is not gone without a word. */
const backWords = ({ said, signedOff, by, on, reason }: NonNullable<ClassOfUseWire['takenBack']>): string => {
  const day = formatDay(on);
  return [
    ...(signedOff ? [w('classes.was-signed', { said: said ?? w('classes.no-outcome') })] : []),
    by === null ? w('classes.back-on', { day }) : w('classes.back-by', { who: by, day }),
    ...(reason === null ? [] : [w('classes.back-reason', { reason })]),
  ].join(' ');
};

/** One class with its outcome, whether it is signed off, and when it is looked at again. */
const OneClass = ({ of, withdrawn = false }: { of: ClassOfUseWire; withdrawn?: boolean }) => {
  const kinds = useKinds();
  const { record, outcome, stated, prohibitedFrom, signedOff, due, waits, over, levelGone, takenBack } = of;
  const since = sinceWords(of);
  return (
    <li>
      <div className={css.ask}>
        <b>{outcome ?? w(stated === null ? 'classes.no-outcome' : 'classes.open.answers')}</b>
        <Tag>{w(withdrawn ? 'classes.withdrawn' : signedOff ? 'classes.signed' : 'classes.unsigned')}</Tag>
        <RefLink refText={record.ref} href={kinds.href(record)} />
      </div>
      <p className={css.small}>
        {since}{' '}
        {due === null || withdrawn ? null : w(over ? 'classes.over' : 'classes.due', { day: formatDay(due) })}{' '}
        {waits === null || withdrawn ? null : w('classes.waits', { day: formatDay(waits) })}
      </p>
      {stated === null ? null : (
        <p className={css.elsewhere}>{w('classes.stated-alone', { said: stated })}</p>
      )}
      {prohibitedFrom === null ? null : (
        <p className={css.small}>{w('classes.prohibited-from', { day: formatDay(prohibitedFrom) })}</p>
      )}
      {levelGone && !withdrawn ? <p className={css.elsewhere}>{w('classes.level-gone')}</p> : null}
      {takenBack === null ? null : <p className={css.elsewhere}>{backWords(takenBack)}</p>}
    </li>
  );
};

const outcomeOf = ({ level, open }: TierOfUseWire): string =>
  level?.level ?? w(`classes.open.${open ?? 'answers'}`);

/** What the table gives now, what it was read from, and the act that keeps it. */
const Tier = ({ tier, scheme, use }: { tier: TierOfUseWire; scheme: Scheme; use: string }) => {
  const client = useQueryClient();
  const [answers, setAnswers] = useState<Readonly<Record<string, string | null>>>({});
  const keep = useMutation({
    mutationFn: () => post<UseClassesWire>(`${pathOf(use)}/tier`, { scheme: scheme.scheme?.id, answers }),
    onSuccess: async (after) => {
      client.setQueryData(['classes', use], after);
      setAnswers({});
      announce(w('classes.kept'));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'classes' });
    },
  });
  const problem = troubleOf(keep.error);
  return (
    <div className={css.outcome}>
      <h3>{w('classes.tier')}</h3>
      <p className={css.class} data-status={tier.level === null ? 'undetermined' : 'final'}>
        {outcomeOf(tier)}
      </p>
      {tier.level?.meaning ? <p className={css.small}>{tier.level.meaning}</p> : null}
      {tier.atLeast === null ? null : <p>{w('classes.at-least', { level: tier.atLeast })}</p>}
      {tier.needed.length === 0 ? null : (
        <p>
          {w('classes.needed', { facts: tier.needed.join(', ') })}{' '}
          <Link href={`/use-cases/${use}/edit`}>{use}</Link>
        </p>
      )}
      {tier.differs ? <p className={css.elsewhere}>{w('classes.differs')}</p> : null}
      {tier.known.length === 0 ? null : (
        <>
          <h3>{w('classes.known')}</h3>
          <ul className={css.places}>
            {tier.known.map(({ label, values }) => (
              <li key={label}>
                {label}: <b>{values.length === 0 ? w('table.none-said') : values.join(', ')}</b>
              </li>
            ))}
          </ul>
        </>
      )}
      {tier.fits.length === 0 ? null : (
        <>
          <h3>{w('classes.fits')}</h3>
          <ul className={css.places}>
            {tier.fits.map(({ row, level, because }) => (
              <li key={row}>
                {w('classes.row', { row, level })}
                {because === null ? null : `, ${because}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {tier.questions.map(({ id, ask, values, answer }) => (
        <ChoiceField
          key={id}
          label={ask}
          value={answers[id] === undefined ? answer : answers[id]}
          placeholder={w('classes.unanswered')}
          options={[
            ...values.map((value) => ({ value: value.id, label: value.label })),
            { value: notKnown, label: t('classification.not-known') },
          ]}
          clears
          onChange={(value) => setAnswers({ ...answers, [id]: value })}
        />
      ))}
      {problem === null ? null : <ProblemBox problem={problem} />}
      <div className={css.foot}>
        <Button look="primary" busy={keep.isPending} onClick={() => keep.mutate()}>
          {w('classes.keep')}
        </Button>
        <Link href={`/classification-schemes/${scheme.scheme?.ref ?? ''}/table`}>
          {w('classes.open-table')}
        </Link>
      </div>
    </div>
  );
};

const beginHref = ({ method, scheme, name }: Scheme, { useCase }: UseClassesWire): string =>
  newRecordHref('classifications', {
    fields: method === 'law' ? { scheme: 'eu-ai-act', name } : { scheme: 'other', name, schemeName: name },
    links: { useCase: [useCase], ...(scheme === null ? {} : { byScheme: [scheme] }) },
  });

const OneScheme = ({ scheme, view }: { scheme: Scheme; view: UseClassesWire }) => {
  const kinds = useKinds();
  const navigate = useNavigate();
  const { name, version, asked, askedWhere, classes, withdrawn, apart, tier } = scheme;
  const id = `scheme-${scheme.scheme?.id ?? 'law'}`;
  return (
    <section className={css.part} aria-labelledby={id}>
      <div className={css.ask}>
        <h2 id={id}>{name}</h2>
        {scheme.scheme === null ? null : (
          <RefLink refText={scheme.scheme.ref} href={kinds.href(scheme.scheme)} />
        )}
        {version === null ? null : <span className={css.small}>{w('classes.version', { n: version })}</span>}
        <Tag>{w(`classes.asked.${asked}`)}</Tag>
      </div>
      <p className={css.small}>
        {askedWhere.length === 0
          ? w('classes.everywhere')
          : w('classes.where', { laws: askedWhere.join(', ') })}
      </p>
      {classes.length > 0 ? null : <p>{w(withdrawn.length === 0 ? 'classes.none' : 'classes.none-now')}</p>}
      {classes.length + withdrawn.length === 0 ? null : (
        <ul className={css.list}>
          {classes.map((one) => (
            <OneClass key={one.record.id} of={one} />
          ))}
          {withdrawn.map((one) => (
            <OneClass key={one.record.id} of={one} withdrawn />
          ))}
        </ul>
      )}
      {apart ? <p className={css.elsewhere}>{w('classes.apart')}</p> : null}
      {tier === null || asked === 'no' ? null : <Tier tier={tier} scheme={scheme} use={view.useCase.ref} />}
      {tier === null && classes.length === 0 && asked !== 'no' ? (
        <Button onClick={() => navigate(beginHref(scheme, view))}>{w('classes.begin', { name })}</Button>
      ) : null}
    </section>
  );
};

const Classes = ({ view }: { view: UseClassesWire }) => (
  <div className={css.page}>
    <header className={css.head}>
      <h1>{view.useCase.title}</h1>
      <p className={css.sentence}>{w('classes.sentence')}</p>
    </header>
    {view.schemes.map((scheme) => (
      <OneScheme key={scheme.scheme?.id ?? 'law'} scheme={scheme} view={view} />
    ))}
    {view.loose.length === 0 ? null : (
      <section className={css.part} aria-labelledby="classes-loose">
        <h2 id="classes-loose">{w('classes.loose')}</h2>
        <ul className={css.list}>
          {view.loose.map((one) => (
            <OneClass key={one.record.id} of={one} withdrawn={one.record.state === 'withdrawn'} />
          ))}
        </ul>
      </section>
    )}
    {view.stated.length === 0 ? null : (
      <section className={css.part} aria-labelledby="classes-stated">
        <h2 id="classes-stated">{w('classes.stated')}</h2>
        <p className={css.small}>{w('classes.stated-help')}</p>
        <ul className={css.places}>
          {view.stated.map(({ scheme, value }) => (
            <li key={`${scheme} ${value}`}>
              {scheme} <b>{value}</b>
            </li>
          ))}
        </ul>
      </section>
    )}
  </div>
);

export type ClassesPageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** `/use-cases/:ref/classes`: every scheme of one use beside the others. */
export const ClassesPage = ({ recordRef, crumbs, absent }: ClassesPageProps) => {
  usePageTitle(w('classes.title', { ref: recordRef }));
  const { data, error, refetch } = useQuery({
    queryKey: ['classes', recordRef],
    queryFn: ({ signal }) => get<UseClassesWire>(`${pathOf(recordRef)}/classes`, { signal }),
  });
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {data !== undefined ? (
        <Classes view={data} />
      ) : problem === null ? (
        <Skeleton height={28} lines={8} />
      ) : (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      )}
    </>
  );
};
