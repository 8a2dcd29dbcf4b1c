import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import type { KindWire, LineWire, RefWire, RowWire } from '@throughline/domain/wire.ts';
import type { ReactNode } from 'react';
import type { Names } from '../../api/members.ts';
import { FieldValue } from '../../kinds/field-value.tsx';
import { approvalWord, lineSentence } from '../../kinds/line-label.ts';
import { isDerived, isShort } from '../../kinds/parts.ts';
import { stationName, stationOrder } from '../../kinds/stations.ts';
import { formatNumber, t } from '../../text/t.ts';
import { DateText } from '../../ui/date-text.tsx';
import type { GridColumn } from '../../ui/grid/grid-types.ts';
import { Strip, StripHistogram } from '../../ui/marks/strip.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { CellEdit } from './cell-edit.tsx';
import type { Line } from './grouping.ts';
import css from './register.module.css';
import { columnLabel } from './register-columns.ts';

export type CellContext = {
  kind: KindWire;
  names: Names;
  gapsByStation: readonly number[] | undefined;
  onStation: (station: string) => void;
};

const widths: Readonly<Record<string, number>> = {
  state: 124,
  approval: 112,
  line: 168,
  gaps: 62,
  updated: 112,
};

export const StateCell = ({ kind, state }: { kind: KindWire; state: string }) => {
  const known = kind.states[state];
  return <StateDot shape={known?.shape ?? 'hollow'}>{known?.label ?? state}</StateDot>;
};

export const LineCell = ({ record, line }: { record: string; line: LineWire | undefined }) => {
  if (line === undefined || line.strip === null)
    return <span className={css.none}>{t('register.line.none')}</span>;
  return (
    <Strip
      line={line.strip}
      label={t('register.line.label', { ref: record, sentence: lineSentence(line.strip) })}
    />
  );
};

const refsText = (refs: readonly RefWire[] | undefined): ReactNode => {
  const first = refs?.[0];
  if (first === undefined) return null;
  const more = (refs?.length ?? 0) - 1;
  return (
    <span title={refs?.map((ref) => `${ref.ref} ${ref.title}`).join('\n')}>
      {first.ref}
      {more > 0 ? <span className={css.none}> +{formatNumber(more)}</span> : null}
    </span>
  );
};

const ownCell = (kind: KindWire, id: string, row: RowWire): ReactNode => {
  if (id === 'state') return <StateCell kind={kind} state={row.state} />;
  if (id === 'updated') return <DateText value={row.updatedAt} />;
  if (id === 'line') return <LineCell record={row.ref} line={row.line} />;
  if (id === 'gaps')
    return row.line === undefined || row.line.strip === null ? null : (
      <span className={css.number}>{formatNumber(row.line.gaps)}</span>
    );
  if (id === 'approval' && row.approval !== undefined) return approvalWord(row.approval);
  return null;
};

/** The name the API sorts a column by; nothing where it does not. */
export const sortKeyOf = (kind: KindWire, id: string): string | undefined => {
  if (id === 'updated' || id === 'gaps') return id;
  if (kind.index.includes(id)) return id;
  if (id === kind.owner && kind.index.includes('owner')) return 'owner';
  return undefined;
};

const widthOf = (kind: KindWire, id: string): number => {
  const known = widths[id];
  if (known !== undefined) return known;
  const field = kind.fields[id];
  if (field === undefined) return 128;
  if (field.type === 'day' || field.type === 'moment') return 120;
  if (field.type === 'number') return 104;
  if (field.type === 'member') return 164;
  return field.type === 'text' ? 240 : 128;
};

const lockedWhy = (kind: KindWire): string | undefined => {
  const ability = kind.abilities.edit;
  return ability === undefined || ability.allowed ? undefined : ability.reason;
};

const only = (render: (row: RowWire) => ReactNode) => (line: Line) =>
  line.type === 'row' ? render(line.row) : null;

const summaryOf = (id: string, context: CellContext): ReactNode => {
  const { gapsByStation, onStation } = context;
  if (id !== 'line' || gapsByStation === undefined) return undefined;
  return (
    <StripHistogram
      counts={gapsByStation}
      label={(index, n) => {
        const station = stationIds[index] ?? '';
        return t('register.gap.bar', { n, station: `${stationOrder(station)} ${stationName(station)}` });
      }}
      onPick={(index) => onStation(stationIds[index] ?? 'any')}
    />
  );
};

const partColumn = (id: string, context: CellContext): GridColumn<Line> => {
  const { kind, names } = context;
  const field = kind.fields[id];
  const sortKey = sortKeyOf(kind, id);
  const summary = summaryOf(id, context);
  const end = id === 'gaps' || field?.type === 'number';
  const render = (row: RowWire): ReactNode =>
    field === undefined ? (
      id in kind.relations ? (
        refsText(row.links?.[id])
      ) : (
        ownCell(kind, id, row)
      )
    ) : (
      <FieldValue name={id} field={field} value={row.fields[id]} names={names} short />
    );
  const editable =
    field !== undefined &&
    isShort(field) &&
    field.type !== 'choices' &&
    field.type !== 'catalogue' &&
    !isDerived(field);
  const refused = lockedWhy(kind);
  return {
    id,
    header: columnLabel(kind, id),
    width: widthOf(kind, id),
    ...(end ? { align: 'end' as const } : {}),
    ...(sortKey === undefined ? {} : { sortKey }),
    ...(summary === undefined ? {} : { summary }),
    render: only(render),
    ...(editable
      ? {
          editor: (line: Line, done: (goOn?: boolean) => void) =>
            line.type === 'row' ? (
              <CellEdit kind={kind} row={line.row} name={id} field={field} done={done} />
            ) : null,
          locked: (line: Line) => (line.type === 'row' ? refused : ''),
        }
      : {}),
  };
};

const titleColumn = (context: CellContext): GridColumn<Line> => {
  const { kind } = context;
  const field = kind.fields[kind.title];
  const sortKey = kind.index.includes('title') ? 'title' : sortKeyOf(kind, kind.title);
  const refused = lockedWhy(kind);
  return {
    id: kind.title,
    header: field?.label ?? kind.label,
    width: 216,
    grow: true,
    sticky: true,
    kind: 'name',
    ...(sortKey === undefined ? {} : { sortKey }),
    render: only((row) => row.title),
    ...(field === undefined
      ? {}
      : {
          editor: (line: Line, done: (goOn?: boolean) => void) =>
            line.type === 'row' ? (
              <CellEdit
                kind={kind}
                row={withTitle(kind, line.row)}
                name={kind.title}
                field={field}
                done={done}
              />
            ) : null,
          locked: (line: Line) => (line.type === 'row' ? refused : ''),
        }),
  };
};

/** The title stands beside the fields of a row and may not be among them. */
const withTitle = (kind: KindWire, row: RowWire): RowWire => ({
  ...row,
  fields: { [kind.title]: row.title, ...row.fields },
});

/** The columns of a register, from its declaration: ref and name stay put, the rest as chosen. */
export const gridColumns = (ids: readonly string[], context: CellContext): readonly GridColumn<Line>[] => [
  {
    id: 'ref',
    header: t('register.ref'),
    width: 80,
    sticky: true,
    kind: 'ref',
    sortKey: 'ref',
    render: only((row) => row.ref),
  },
  titleColumn(context),
  ...ids.map((id) => partColumn(id, context)),
];
