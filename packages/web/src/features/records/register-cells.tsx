import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import type { KindWire, LineWire, RefWire, RowWire } from '@throughline/domain/wire.ts';
import type { ReactNode } from 'react';
import type { Names } from '../../api/members.ts';
import { NameWithTag } from '../../kinds/demo-tag.tsx';
import { FieldValue } from '../../kinds/field-value.tsx';
import { approvalWord, lineSentence } from '../../kinds/line-label.ts';
import { isDerived, isEmptyValue, isLocked, isOwedBy } from '../../kinds/parts.ts';
import { stationName, stationOrder } from '../../kinds/stations.ts';
import { BrokenName } from '../../proof/broken-mark.tsx';
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
  /** Columns in which no row that is shown has anything: each takes the room of its heading only. */
  empty?: ReadonlySet<string>;
  /** Letters of the longest text of each column, where that is known: no column takes more room than its texts. */
  letters?: Readonly<Record<string, number>>;
  /** Ids and refs of records that do not match the log. */
  broken?: ReadonlySet<string>;
};

/** The fields of which no row shown has a value; none where there are no rows. */
export const emptyColumns = (
  kind: KindWire,
  ids: readonly string[],
  rows: readonly RowWire[],
): readonly string[] =>
  rows.length === 0
    ? []
    : ids.filter((id) => kind.fields[id] !== undefined && rows.every((row) => isEmptyValue(row.fields[id])));

type Width = { width: number; least: number };

const widths: Readonly<Record<string, Width>> = {
  approval: { width: 112, least: 96 },
  line: { width: 168, least: 168 },
  gaps: { width: 68, least: 66 },
  updated: { width: 112, least: 100 },
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

/** Room for the longest label of a column of few words: about 7 px a letter beside the padding and the mark. */
const wordsWidth = (labels: readonly string[], mark: number, most: number): Width => {
  const longest = Math.max(0, ...labels.map((label) => label.length));
  const width = Math.min(most, Math.max(88, Math.ceil(longest * 6.8) + 22 + mark));
  return { width, least: width };
};

/** Room for so many letters of a cell, px: about 7 each at 13 px, beside the padding. */
const roomFor = (letters: number): number => Math.ceil(letters * 7) + 22;

/** The mark of a state with the space behind it, px. */
const dot = 24;

/** What a column of short texts takes at most, so that one long value does not push the others away, px. */
const widest = 200;

const widthOf = (kind: KindWire, id: string): Width => {
  if (id === 'state') {
    const labels = [...Object.values(kind.states).map((state) => state.label), kind.stateLabel];
    const { width } = wordsWidth(labels, dot, 184);
    return { width, least: Math.min(width, 132) };
  }
  const known = widths[id];
  if (known !== undefined) return known;
  const field = kind.fields[id];
  if (field === undefined) return { width: 128, least: 96 };
  if (field.type === 'day' || field.type === 'moment') return { width: 124, least: isOwedBy(id) ? 116 : 106 };
  if (field.type === 'number') return { width: 104, least: 80 };
  if (field.type === 'member') return { width: 168, least: 124 };
  if (field.type === 'choice') {
    const { width } = wordsWidth([...field.options.map((option) => option.label), field.label], 0, 176);
    return { width, least: Math.min(width, 104) };
  }
  return field.type === 'text' ? { width: 240, least: 140 } : { width: 136, least: 100 };
};

/** Why a cell of this column cannot be edited in place; undefined where it can. */
const lockedWhy = (kind: KindWire, id: string): string | undefined => {
  const ability = kind.abilities.edit;
  if (ability !== undefined && !ability.allowed) return ability.reason;
  const field = kind.fields[id];
  if (field !== undefined)
    return isLocked(field)
      ? t(isDerived(field) ? 'register.locked.derived' : 'register.locked.act', { label: field.label })
      : undefined;
  const relation = kind.relations[id];
  if (relation !== undefined)
    return relation.byAct ? t('register.locked.act', { label: relation.label }) : undefined;
  if (id === 'state') return t('register.locked.state', { label: kind.stateLabel });
  return t('register.locked.own', { label: columnLabel(kind, id) });
};

/** The editor of a column, where it has one. */
const editing = (kind: KindWire, id: string): Pick<GridColumn<Line>, 'editor' | 'locked'> => {
  const refused = lockedWhy(kind, id);
  const row = (line: Line): RowWire | undefined =>
    line.type !== 'row' ? undefined : id === kind.title ? withTitle(kind, line.row) : line.row;
  return {
    locked: () => refused,
    ...(id in kind.fields || id in kind.relations
      ? {
          editor: (line: Line, done: (goOn?: boolean) => void) => {
            const edited = row(line);
            return edited === undefined ? null : <CellEdit kind={kind} row={edited} name={id} done={done} />;
          },
        }
      : {}),
  };
};

const only = (render: (row: RowWire) => ReactNode) => (line: Line) =>
  line.type === 'row' ? render(line.row) : null;

/** Over the line: at which station the rows have their gaps. Its room is there before they are counted. */
export const lineSummary = (
  counts: readonly number[] | undefined,
  onStation: (station: string) => void,
): Readonly<Record<string, ReactNode>> => ({
  line:
    counts === undefined ? null : (
      <StripHistogram
        counts={counts}
        label={(index, n) => {
          const station = stationIds[index] ?? '';
          return t('register.gap.bar', { n, station: `${stationOrder(station)} ${stationName(station)}` });
        }}
        onPick={(index) => onStation(stationIds[index] ?? 'any')}
      />
    ),
});

/** No wider than the longest text or the heading with its sort mark, and narrower only where it was before. */
const fitted = (usual: Width, letters: number | undefined, heading: string, mark: number): Width => {
  if (letters === undefined) return usual;
  const room = Math.max(88, roomFor(letters) + mark, roomFor(heading.length) + 14);
  const width = Math.min(Math.max(usual.width, Math.min(room, widest)), room);
  return { width, least: Math.min(width, usual.least) };
};

/** A field of which no row shown has a value: it keeps the room of its heading and sort mark, so that names get the rest. */
export const widthIn = (
  id: string,
  { kind, empty, letters }: Pick<CellContext, 'kind' | 'empty' | 'letters'>,
): Width => {
  const usual = widthOf(kind, id);
  if (empty?.has(id) !== true)
    return fitted(usual, letters?.[id], columnLabel(kind, id), id === 'state' ? dot : 0);
  const { width } = wordsWidth([columnLabel(kind, id)], 16, usual.width);
  return { width, least: Math.min(width, usual.least) };
};

const partColumn = (id: string, context: CellContext): GridColumn<Line> => {
  const { kind, names } = context;
  const field = kind.fields[id];
  const sortKey = sortKeyOf(kind, id);
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
  return {
    id,
    header: columnLabel(kind, id),
    ...widthIn(id, context),
    ...(end ? { align: 'end' as const } : {}),
    ...(sortKey === undefined ? {} : { sortKey }),
    render: only(render),
    ...editing(kind, id),
  };
};

const titleColumn = (context: CellContext): GridColumn<Line> => {
  const { kind, broken, letters } = context;
  const field = kind.fields[kind.title];
  const sortKey = kind.index.includes('title') ? 'title' : sortKeyOf(kind, kind.title);
  return {
    id: kind.title,
    header: field?.label ?? kind.label,
    width: Math.min(280, Math.max(160, roomFor(letters?.[kind.title] ?? 40) + 56)),
    // So narrow that a visible scrollbar beside the rows still leaves the usual columns their room at 1280 px.
    least: 160,
    grow: true,
    sticky: true,
    kind: 'name',
    ...(sortKey === undefined ? {} : { sortKey }),
    render: only((row) =>
      broken?.has(row.id) === true || broken?.has(row.ref) === true ? (
        <BrokenName>{row.title}</BrokenName>
      ) : (
        <NameWithTag of={row.ref}>{row.title}</NameWithTag>
      ),
    ),
    ...editing(kind, kind.title),
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
    least: 72,
    sticky: true,
    kind: 'ref',
    sortKey: 'ref',
    render: only((row) => row.ref),
  },
  titleColumn(context),
  ...ids.map((id) => partColumn(id, context)),
];
