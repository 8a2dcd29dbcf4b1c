import type { ActionWire } from '@throughline/domain/wire.ts';
import type { SoaEvidenceWire, SoaRowWire } from '@throughline/domain/wire-soa.ts';
import { useKinds } from '../../api/kinds.ts';
import { refusal } from '../../kinds/roles.ts';
import { Sentence } from '../../standing/sentence.tsx';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Link, RefLink } from '../../ui/link.tsx';
import { VerdictLabel, VerdictMark } from '../../ui/marks/verdict-mark.tsx';
import { type DotShape, StateDot } from '../../ui/state-dot.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { EvidenceLine } from './evidence-line.tsx';
import css from './soa.module.css';
import { useOptions } from './use-options.ts';
import { w } from './words.ts';

const Applies = ({ row }: { row: SoaRowWire }) => {
  const kinds = useKinds();
  return (
    <>
      <span className={css.decided} data-decided={row.decided}>
        {row.control === null ? w('soa.not-adopted') : w(`soa.decided.${row.decided}`)}
      </span>
      {row.decided === 'unapproved' && row.says !== null ? (
        <span className={css.small}>{w(`soa.says.${row.says}`)}</span>
      ) : null}
      {row.line === null ? null : (
        <span className={css.small}>
          <RefLink refText={row.line.ref} href={kinds.href(row.line)} title={row.line.title} />
        </span>
      )}
    </>
  );
};

/** What calls for the control comes from the records; what people wrote stands below it. */
const Why = ({ row }: { row: SoaRowWire }) => {
  const kinds = useKinds();
  const reason = useOptions('applicability', 'reasons');
  const called = new Set<string>(row.sources.map((source) => source.reason));
  const own = row.reasons.filter((one) => !called.has(one));
  return (
    <>
      {row.sources.map((source) => (
        <span key={source.reason} className={css.source}>
          {reason(source.reason)}:{' '}
          {source.first.map((record, at) => (
            <span key={record.id}>
              {at > 0 ? ', ' : ''}
              <RefLink refText={record.ref} href={kinds.href(record)} title={record.title} />
            </span>
          ))}
          {source.count > source.first.length ? (
            <>
              {' '}
              {row.control === null ? (
                w('soa.more', { n: source.count - source.first.length })
              ) : (
                <Link href={`${kinds.href(row.control)}?tab=links`}>
                  {w('soa.more', { n: source.count - source.first.length })}
                </Link>
              )}
            </>
          ) : null}
        </span>
      ))}
      {own.length === 0 ? null : <span className={css.source}>{own.map(reason).join(', ')}</span>}
      {row.justification === null ? null : <span className={css.justification}>{row.justification}</span>}
      {row.decided === 'none' && row.typicalFor.length > 0 ? (
        <span className={css.small}>{w('soa.typical', { roles: row.typicalFor.join(', ') })}</span>
      ) : null}
    </>
  );
};

const shapes: Readonly<Record<string, DotShape>> = { 'in-place': 'full', partly: 'half', planned: 'hollow' };

const Place = ({ row: { placing } }: { row: SoaRowWire }) => {
  if (placing === null) return <span className={css.quiet}>–</span>;
  const words = w(`soa.place.${placing.state}`);
  const shape = shapes[placing.state];
  return (
    <>
      {placing.state === 'missing' ? <VerdictLabel verdict="gap">{words}</VerdictLabel> : null}
      {shape === undefined ? null : <StateDot shape={shape}>{words}</StateDot>}
      {placing.state === 'no-systems' ? <span className={css.quiet}>{words}</span> : null}
      <span className={css.small}>
        {placing.at === 'organisation'
          ? w('soa.place.organisation')
          : w('soa.place.systems', { n: placing.inPlace, of: placing.of })}
      </span>
      {placing.deviations === 0 ? null : (
        <span className={css.small}>{w('soa.place.deviations', { n: placing.deviations })}</span>
      )}
    </>
  );
};

const Test = ({ testing }: Pick<SoaRowWire, 'testing'>) => {
  const kinds = useKinds();
  const conclusion = useOptions('control-test', 'conclusion');
  if (testing === null || testing.of === 0) return <span className={css.quiet}>–</span>;
  const { last, next } = testing;
  return (
    <>
      {last === null ? <span className={css.quiet}>{w('soa.tests.none')}</span> : conclusion(last.conclusion)}
      {last === null ? null : (
        <span className={css.small}>
          <RefLink refText={last.test.ref} href={kinds.href(last.test)} title={last.test.title} />,{' '}
          <span className={css.day}>
            <DateText value={last.on} />
          </span>
        </span>
      )}
      {testing.of > 1 ? (
        <span className={css.small}>{w('soa.tests.of', { n: testing.effective, of: testing.of })}</span>
      ) : null}
      {next === null ? null : (
        <span className={css.small} data-next>
          <DateText value={next} due before={w('soa.tests.next')} />
        </span>
      )}
    </>
  );
};

const Wrong = ({ row }: { row: SoaRowWire }) => {
  if (row.faults.length === 0) return <span className={css.quiet}>–</span>;
  return (
    <ul className={css.faults}>
      {row.faults.map(({ code, type, sentence }) => (
        <li key={code} data-type={type}>
          {type === 'contradiction' ? (
            <span className={css.contradiction}>
              <VerdictMark verdict="gap" size={14} />
              <VisuallyHidden>{w('soa.contradiction')} </VisuallyHidden>
            </span>
          ) : null}
          <Sentence parts={sentence} />
        </li>
      ))}
    </ul>
  );
};

const isNone = (evidence: SoaEvidenceWire | undefined): boolean =>
  evidence !== undefined && evidence.current + evidence.stale + evidence.aside === 0;

export type SoaRowProps = {
  row: SoaRowWire;
  evidence: SoaEvidenceWire | undefined;
  primary: boolean;
  onAction: (action: ActionWire) => void;
};

/** One control: whether it applies and why, how far it is in place, what its tests say, and its one step. */
export const SoaRow = ({ row, evidence, primary, onAction }: SoaRowProps) => {
  const kinds = useKinds();
  const { action } = row;
  return (
    <tr data-row={row.id} tabIndex={-1} className={css.row}>
      <th scope="row" className={css.control}>
        <span className={css.id}>
          {row.control === null ? row.id : <Link href={kinds.href(row.control)}>{row.id}</Link>}
        </span>{' '}
        {row.title}
      </th>
      <td data-column={w('soa.column.applies')}>
        <div className={css.short}>
          <Applies row={row} />
        </div>
      </td>
      <td data-column={w('soa.column.why')} className={css.why}>
        <div className={css.short}>
          <Why row={row} />
        </div>
      </td>
      <td data-column={w('soa.column.place')} className={css.place}>
        <div className={css.short}>
          <Place row={row} />
        </div>
      </td>
      <td data-column={w('soa.column.test')} className={css.test}>
        <div className={css.short}>
          <Test testing={row.testing} />
        </div>
        {row.control === null || row.placing === null ? null : (
          <div className={css.short} data-lines="1" data-none={isNone(evidence) || undefined}>
            <EvidenceLine evidence={evidence} href={`${kinds.href(row.control)}?tab=links`} />
          </div>
        )}
      </td>
      <td data-column={w('soa.column.wrong')} className={css.wrong}>
        <div className={css.short}>
          <Wrong row={row} />
        </div>
      </td>
      <td className={css.next}>
        {action === null ? null : (
          <Button
            look={primary ? 'primary' : 'default'}
            reason={refusal(action.ability)}
            onClick={() => onAction(action)}
          >
            {action.label} {action.label.includes(row.id) ? null : <VisuallyHidden>{row.id}</VisuallyHidden>}
          </Button>
        )}
      </td>
    </tr>
  );
};
