import type { GateExceptionWire, GateSheetWire } from '@throughline/domain/wire-gates.ts';
import type { ReactNode } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { useAction } from '../../standing/use-action.tsx';
import { formatDay } from '../../text/dates.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { RefLink } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Answered, AnswerForm, Criterion } from './criterion.tsx';
import { countOf, parted } from './gate-state.ts';
import css from './gates.module.css';
import { useChange, useGateSheet } from './use-gates.ts';
import { fellWith, w } from './words.ts';

/** Until when somebody let it through, and that it is over, or fell before its end, where it is so. */
export const ExceptionLine = ({ exception }: { exception: GateExceptionWire }) => {
  const { type, over, stands, fallen } = exception;
  const said = { gate: exception.gate.ref, day: formatDay(exception.until) };
  return (
    <p className={css.notice} data-fell={stands ? undefined : true}>
      {over ? w('gates.exception-over', said) : w(`gates.exception.${type}`, said)}{' '}
      {stands ? null : w('gates.exception-fell', { refs: fellWith(exception.gate, fallen) })}
    </p>
  );
};

/** A decision that is older than its record: both days stand, and which of them the line goes by. */
const EnteredLine = ({ entered }: { entered: NonNullable<GateSheetWire['entered']> }) => {
  const days = { decided: formatDay(entered.decidedOn), recorded: formatDay(entered.recordedOn) };
  return <p className={css.notice}>{w(entered.broughtIn ? 'gates.brought-in' : 'gates.entered', days)}</p>;
};

const Standing = ({ sheet }: { sheet: GateSheetWire }) => {
  const { all, told, missed, asked, open } = countOf(sheet.criteria);
  if (sheet.standing?.stands) return <p className={css.standing}>{w('gates.stands')}</p>;
  if (sheet.standing)
    return (
      <p className={css.standing} data-fell="true">
        {w('gates.fell', { refs: fellWith(sheet.gate, sheet.standing.fallen) })}
      </p>
    );
  return (
    <p className={css.standing}>
      {w('gates.met', { n: told, of: all })} {missed === 0 ? null : w('gates.missing', { n: missed })}{' '}
      {asked === 0 ? null : w('gates.asked', { n: asked })} {open === 0 ? null : w('gates.open', { n: open })}
    </p>
  );
};

const Sheet = ({ sheet }: { sheet: GateSheetWire }) => {
  const kinds = useKinds();
  const { change, met, problem } = useChange(sheet);
  const { run, dialog } = useAction();
  const reason = useEditRefusal('gates', sheet.gate.ref);
  const trouble = troubleOf(problem);
  const decided = sheet.standing !== null;
  const { open, told } = parted(sheet.criteria);
  const began = sheet.criteria.some(({ row }) => row !== null);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div>
          <h1>{sheet.gate.title}</h1>
          <p className={css.meta}>
            <RefLink refText={sheet.gate.ref} href={kinds.href(sheet.gate)} /> {w(`gates.type.${sheet.type}`)}{' '}
            <RefLink refText={sheet.system.ref} href={kinds.href(sheet.system)} /> {sheet.system.title}
          </p>
          <Standing sheet={sheet} />
        </div>
        {decided ? null : (
          <Button
            look={sheet.current ? 'default' : 'primary'}
            reason={reason}
            busy={change.isPending && change.variables === 'take'}
            onClick={() => change.mutate('take')}
          >
            {w(began ? 'gates.take-again' : 'gates.take')}
          </Button>
        )}
      </header>
      {sheet.exception ? <ExceptionLine exception={sheet.exception} /> : null}
      {sheet.entered ? <EnteredLine entered={sheet.entered} /> : null}
      {met ? <p className={css.notice}>{w('gates.changed')}</p> : null}
      {decided || !began || sheet.current ? null : <p className={css.notice}>{w('gates.not-current')}</p>}
      {trouble === null ? null : <ProblemBox problem={trouble} />}
      {decided || !began ? null : sheet.obstacles.length === 0 ? (
        <p className={css.next}>{w('gates.ready')}</p>
      ) : (
        <div className={css.next}>
          <p>{w('gates.before-pass')}</p>
          <ul className={css.obstacles}>
            {sheet.obstacles.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
      {decided ? <p className={css.asNow}>{w('gates.as-now')}</p> : null}
      <ol className={css.list}>
        {open.map((criterion) => (
          <Criterion key={`${criterion.key} ${criterion.text}`} criterion={criterion} onAction={run}>
            {decided || criterion.row === null ? (
              <Answered criterion={criterion} />
            ) : (
              <AnswerForm
                key={`${sheet.version}`}
                criterion={criterion}
                reason={reason}
                busy={change.isPending}
                onKeep={(draft) => change.mutate({ criterion, draft })}
              />
            )}
          </Criterion>
        ))}
      </ol>
      {told.length === 0 ? null : (
        <details className={css.told}>
          <summary>{w('gates.told', { n: told.length })}</summary>
          <ol className={css.list}>
            {told.map((criterion) => (
              <Criterion key={`${criterion.key} ${criterion.text}`} criterion={criterion} onAction={run} />
            ))}
          </ol>
        </details>
      )}
      {dialog}
    </div>
  );
};

export type GatePageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** The criteria of one gate: what records tell, what is missing, and what a person answers (A.6.2.5). */
export const GatePage = ({ recordRef, crumbs, absent }: GatePageProps) => {
  usePageTitle(w('gates.title', { ref: recordRef }));
  const { data, error, refetch } = useGateSheet(recordRef);
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {data === undefined ? null : <Sheet key={data.gate.id} sheet={data} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={8} /> : null}
      {data === undefined && problem !== null ? (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      ) : null}
    </>
  );
};
