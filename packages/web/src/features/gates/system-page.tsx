import type { SystemGatesWire } from '@throughline/domain/wire-gates.ts';
import type { ReactNode } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { troubleOf } from '../../api/trouble.ts';
import { newRecordHref } from '../../kinds/prefill.ts';
import { useAction } from '../../standing/use-action.tsx';
import { formatDay } from '../../text/dates.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { RefLink } from '../../ui/link.tsx';
import { useNavigate, usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Criterion } from './criterion.tsx';
import { ExceptionLine } from './gate-page.tsx';
import { isTold } from './gate-state.ts';
import css from './gates.module.css';
import { StageStrip } from './stage-strip.tsx';
import { useSystemGates } from './use-gates.ts';
import { fellWith, w } from './words.ts';

const Next = ({ gates }: { gates: SystemGatesWire }) => {
  const navigate = useNavigate();
  const { run, dialog } = useAction();
  const { next, system } = gates;
  if (next === null) return <p className={css.standing}>{w('gates.none')}</p>;
  const missing = next.criteria.filter((criterion) => !isTold(criterion) && criterion.finding !== 'person');
  const persons = next.criteria.filter(({ finding }) => finding === 'person');
  const ask = newRecordHref('gates', {
    fields: { type: next.type, name: next.label },
    links: { system: [system] },
  });
  return (
    <section aria-labelledby="next-gate">
      <div className={css.head}>
        <h2 id="next-gate">{w('gates.next', { gate: next.label })}</h2>
        {next.asked ? (
          <Button look="primary" onClick={() => navigate(`/gates/${next.asked?.ref}/criteria`)}>
            {w('gates.criteria')}
          </Button>
        ) : (
          <Button look="primary" onClick={() => navigate(ask)}>
            {w('gates.ask')}
          </Button>
        )}
      </div>
      {next.open ? <p className={css.sentence}>{w('gates.next-open', { gate: next.open.ref })}</p> : null}
      {next.asked ? <p className={css.sentence}>{w('gates.next-asked', { gate: next.asked.ref })}</p> : null}
      <h3 className={css.part}>{w('gates.before')}</h3>
      {missing.length === 0 ? <p className={css.meta}>{w('gates.nothing-missing')}</p> : null}
      <ol className={css.list}>
        {missing.map((criterion) => (
          <Criterion key={`${criterion.key} ${criterion.text}`} criterion={criterion} onAction={run} />
        ))}
      </ol>
      {persons.length === 0 ? null : <h3 className={css.part}>{w('gates.asks-person')}</h3>}
      <ol className={css.list}>
        {persons.map((criterion) => (
          <Criterion key={`${criterion.key} ${criterion.text}`} criterion={criterion} onAction={run} />
        ))}
      </ol>
      {dialog}
    </section>
  );
};

const Passed = ({ gates }: { gates: SystemGatesWire }) => {
  const kinds = useKinds();
  return (
    <section aria-labelledby="passed-gates">
      <h2 id="passed-gates">{w('gates.passed')}</h2>
      {gates.passed.length === 0 ? <p className={css.meta}>{w('gates.passed-none')}</p> : null}
      <ul className={css.passed}>
        {gates.passed.map(({ gate, stands, fallen }) => (
          <li key={gate.id} className={stands ? undefined : css.fell}>
            <RefLink refText={gate.ref} href={kinds.href(gate)} title={gate.title} /> {gate.title}:{' '}
            {stands ? w('gates.passed-stands') : w('gates.passed-fell', { refs: fellWith(gate, fallen) })}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What passed gates left to be done: who sees to it, by when, and how it was fulfilled. */
const Conditions = ({ conditions }: Pick<SystemGatesWire, 'conditions'>) => {
  const kinds = useKinds();
  const { run, dialog } = useAction();
  if (conditions.length === 0) return null;
  return (
    <section aria-labelledby="gate-conditions">
      <h2 id="gate-conditions">{w('gates.conditions')}</h2>
      <ul className={css.passed}>
        {conditions.map(({ gate, criterion, what, owner, by, fulfilledOn, how, over, people, action }) => (
          <li key={`${gate.id} ${criterion}`} className={over ? css.fell : undefined}>
            <RefLink refText={gate.ref} href={kinds.href(gate)} title={gate.title} /> {criterion}
            {what === '' ? null : <p>{w('gates.condition-asks', { what })}</p>}
            <p className={css.meta}>
              {fulfilledOn === null
                ? w(over ? 'gates.condition-over' : 'gates.condition-by', {
                    owner: owner ?? '',
                    day: by === null ? '' : formatDay(by),
                  })
                : w('gates.condition-met', { day: formatDay(fulfilledOn), how })}
            </p>
            {fulfilledOn === null ? (
              <p className={css.meta}>
                {w('gates.condition-word')}{' '}
                {people.length === 0 ? null : w('gates.condition-people', { names: people.join(', ') })}
              </p>
            ) : null}
            {action === null ? null : <Button onClick={() => run(action)}>{action.label}</Button>}
          </li>
        ))}
      </ul>
      {dialog}
    </section>
  );
};

const Gates = ({ gates }: { gates: SystemGatesWire }) => (
  <div className={css.page}>
    <header>
      <h1>{w('gates.system-title', { ref: gates.system.ref })}</h1>
      <p className={css.sentence}>{w('gates.binding')}</p>
    </header>
    <StageStrip stage={gates.stage} stages={gates.stages} />
    {gates.exceptions.map((exception) => (
      <ExceptionLine key={exception.gate.id} exception={exception} />
    ))}
    <Next gates={gates} />
    <Conditions conditions={gates.conditions} />
    <Passed gates={gates} />
  </div>
);

export type SystemGatesPageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** The life cycle of one system: its stage, what is missing for the next gate, and which passed gates stand. */
export const SystemGatesPage = ({ recordRef, crumbs, absent }: SystemGatesPageProps) => {
  usePageTitle(w('gates.system-title', { ref: recordRef }));
  const { data, error, refetch } = useSystemGates(recordRef);
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {data === undefined ? null : <Gates gates={data} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={8} /> : null}
      {data === undefined && problem !== null ? (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      ) : null}
    </>
  );
};
