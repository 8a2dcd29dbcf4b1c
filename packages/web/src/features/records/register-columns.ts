import type { KindWire } from '@throughline/domain/wire.ts';
import { isShort, partLabel } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';

/** Columns that are no field of a declaration. */
export const ownColumns = ['state', 'approval', 'line', 'gaps', 'updated'] as const;
export type OwnColumn = (typeof ownColumns)[number];
export const isOwnColumn = (id: string): id is OwnColumn => ownColumns.some((column) => column === id);

export type ColumnChoice = { id: string; label: string; shown: boolean };

export const columnLabel = (kind: KindWire, id: string): string => {
  if (id === 'state') return kind.stateLabel;
  if (id === 'approval') return t('register.approval');
  if (id === 'line') return t('register.line-head');
  if (id === 'gaps') return t('register.gaps');
  if (id === 'updated') return t('register.updated');
  return partLabel(kind, id);
};

/** Every column a register can show beside ref and name, in the order it is offered. */
export const possibleColumns = (kind: KindWire): readonly string[] => {
  const fields = Object.keys(kind.fields).filter((name) => name !== kind.title);
  return [
    'state',
    ...fields.filter((name) => name === kind.owner),
    ...fields.filter((name) => name !== kind.owner),
    ...Object.keys(kind.relations),
    ...(kind.approvable ? ['approval'] : []),
    ...(kind.name === 'system' ? ['line', 'gaps'] : []),
    'updated',
  ];
};

/** What a register shows before anyone chose: state, owner, the declaration's columns, the line; days last. */
export const usualColumns = (kind: KindWire): readonly string[] => {
  const marked = Object.entries(kind.fields).filter(
    ([name, field]) => name !== kind.title && name !== kind.owner && field.column === true && isShort(field),
  );
  const days = marked.filter(([, field]) => field.type === 'day' || field.type === 'moment');
  const others = marked.filter(([, field]) => field.type !== 'day' && field.type !== 'moment');
  return [
    'state',
    ...(kind.owner === null ? [] : [kind.owner]),
    ...others.map(([name]) => name),
    ...(kind.approvable ? ['approval'] : []),
    ...(kind.name === 'system' ? ['line', 'gaps'] : []),
    ...days.map(([name]) => name),
  ];
};

/**
 * The usual columns where not all have room: what stays in sight is what a register of systems is opened for, and days
 * and names wait beyond the edge.
 */
export const lineFirst = (kind: KindWire, shown: readonly string[]): readonly string[] => {
  const usual = usualColumns(kind);
  const chosen = shown.length !== usual.length || shown.some((id, index) => id !== usual[index]);
  if (chosen || !shown.includes('line')) return shown;
  const first = ['state', 'line', 'gaps'];
  return [...first, ...shown.filter((id) => !first.includes(id))];
};

/** The columns of an address (`cols=state,owner`), less what the kind does not have. */
export const shownColumns = (kind: KindWire, cols: string | undefined): readonly string[] => {
  const possible = new Set(possibleColumns(kind));
  const wanted = (cols ?? '').split(',').filter((id) => possible.has(id));
  return wanted.length === 0 ? usualColumns(kind) : [...new Set(wanted)];
};

/** The columns as a list to choose from: those shown in their order, then the others. */
export const columnChoices = (kind: KindWire, shown: readonly string[]): readonly ColumnChoice[] => {
  const others = possibleColumns(kind).filter((id) => !shown.includes(id));
  return [...shown, ...others].map((id) => ({
    id,
    label: columnLabel(kind, id),
    shown: shown.includes(id),
  }));
};

/** `cols` for the address after a choice; nothing where it is the usual one. */
export const writeColumns = (kind: KindWire, shown: readonly string[]): string | undefined => {
  const usual = usualColumns(kind);
  const same = shown.length === usual.length && shown.every((id, index) => id === usual[index]);
  return same || shown.length === 0 ? undefined : shown.join(',');
};

/** What the API is asked for: fields and relations, since everything else comes with every row. */
export const wireColumns = (kind: KindWire, shown: readonly string[]): string =>
  shown.filter((id) => !isOwnColumn(id) && (id in kind.fields || id in kind.relations)).join(',');
