import { cellState, isShared } from '@throughline/domain/soa/matrix-view.ts';
import { useEffect, useRef } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { Unlimited } from '../../standing/unlimited.tsx';
import { useAction } from '../../standing/use-action.tsx';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { RefLink } from '../../ui/link.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CellMark } from './cell-mark.tsx';
import { EvidenceLine } from './evidence-line.tsx';
import css from './matrix.module.css';
import { type CellName, useCell } from './use-matrix.ts';
import { w } from './words.ts';

/** One cell: how the control stands on the system, what stands behind it, and the step where nothing does. */
export const MatrixPanel = ({ cell, onClose }: { cell: CellName; onClose: () => void }) => {
  const kinds = useKinds();
  const { data, error, refetch } = useCell(cell);
  const { run, dialog } = useAction();
  const problem = troubleOf(error);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <aside
      className={css.panel}
      aria-label={w('soa.matrix.cell')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <h2 ref={head} tabIndex={-1} className={css.panelTitle}>
        {data === undefined ? w('soa.matrix.cell') : `${data.control.title}`}
      </h2>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={3} /> : null}
      {data === undefined ? null : (
        <>
          <p>
            <RefLink refText={data.system.ref} href={kinds.href(data.system)} title={data.system.title} />{' '}
            {data.system.title}
          </p>
          <p className={css.panelState}>
            <CellMark state={cellState(data.cell)} shared={isShared(data.cell)} />{' '}
            {w(`soa.cell.${cellState(data.cell)}`)}
          </p>
          {isShared(data.cell) ? <p className={css.quiet}>{w('soa.place.organisation')}</p> : null}
          {data.implementations.length === 0 ? (
            <p className={css.quiet}>{w('soa.matrix.nothing')}</p>
          ) : (
            <ul className={css.found}>
              {data.implementations.map(({ record, own, plannedOn, plan }) => (
                <li key={record.id}>
                  <RefLink refText={record.ref} href={kinds.href(record)} title={record.title} />{' '}
                  {record.title}
                  <span className={css.small}>
                    {own ? w('soa.matrix.own') : w('soa.matrix.shared')}
                    {plannedOn === null || plan === null ? null : (
                      <>
                        , <DateText value={plannedOn} due before={w('soa.place.planned')} />
                      </>
                    )}
                    {plan === null || plan === 'accepted' ? '' : `. ${w(`soa.matrix.plan-${plan}`)}`}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <Unlimited unlimited={data.unlimited} />
          <p>
            <EvidenceLine evidence={data.evidence} href={`${kinds.href(data.control)}?tab=links`} />
          </p>
          <p className={css.panelTools}>
            {data.action === null ? null : (
              <Button
                look="primary"
                reason={refusal(data.action.ability)}
                reasonShown
                onClick={() => data.action && run(data.action)}
              >
                {data.action.label}
              </Button>
            )}
            <RefLink refText={data.control.ref} href={kinds.href(data.control)} title={data.control.title} />
          </p>
          {dialog}
        </>
      )}
      <Button onClick={onClose}>{w('soa.matrix.close')}</Button>
    </aside>
  );
};
