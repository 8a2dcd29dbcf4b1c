import { comesFromCell } from '@throughline/domain/import/coerce-rows.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import type { ImportColumnWire, ImportCountsWire, ImportWire } from '@throughline/domain/wire-import.ts';
import { formatNumber } from '../../text/t.ts';
import { w } from './words.ts';

export const steps = ['file', 'kind', 'columns', 'preview', 'apply'] as const;
export type Step = (typeof steps)[number];

/** The step that the address names; an applied import opens at its report. */
export const stepOf = (named: string | undefined, state: ImportWire['state']): Step =>
  steps.find((step) => step === named) ?? (state === 'analysed' ? 'file' : 'apply');

const doubt = { unsure: 0, likely: 1, sure: 2, unused: 3 } as const;

/** A column of dates whose order nobody knows is as unsure as one without a place. */
export const needsLook = (column: ImportColumnWire): boolean =>
  column.confidence === 'unsure' || (column.target !== null && column.dateOrder === null);

/** What needs a look first, what is not used last; within that, as the file has them. */
export const orderColumns = (columns: readonly ImportColumnWire[]): readonly ImportColumnWire[] => {
  const rank = (column: ImportColumnWire): number => (needsLook(column) ? 0 : doubt[column.confidence]);
  return [...columns].sort((a, b) => rank(a) - rank(b) || a.index - b.index);
};

export type Target = { value: string; label: string };
export type TargetGroup = { label: string; targets: readonly Target[] };

/** Where a column may go, in groups. Files and most tables cannot be filled from one cell. */
export const targetGroups = (kind: KindWire, column: ImportColumnWire): readonly TargetGroup[] => {
  const fields = Object.entries(kind.fields).flatMap(([value, field]) =>
    comesFromCell(field) ? [{ value, label: field.label }] : [],
  );
  const relations = Object.entries(kind.relations).map(([value, { label }]) => ({ value, label }));
  const scheme = column.target?.startsWith('external:') === true ? column.target.slice(9) : column.header;
  const external =
    'externalClasses' in kind.fields && scheme !== ''
      ? [{ value: `external:${scheme}`, label: w('import.columns.external-own', { name: scheme }) }]
      : [];
  return [
    {
      label: w('import.columns.special'),
      targets: [
        { value: 'ref', label: w('import.columns.ref') },
        { value: 'key', label: w('import.columns.key') },
        { value: 'state', label: w('import.columns.state') },
      ],
    },
    { label: w('import.columns.fields'), targets: fields },
    { label: w('import.columns.relations'), targets: relations },
    { label: w('import.columns.external'), targets: external },
  ].filter((group) => group.targets.length > 0);
};

/** Cells that only fit the other order of day and month than the one chosen. */
export const dateClashes = ({ dateOrder, dates }: ImportColumnWire): number => {
  if (dates === undefined || dateOrder === undefined || dateOrder === null) return 0;
  return dateOrder === 'month-first' ? dates.dayFirst : dates.monthFirst;
};

/** One sentence of what applying does (UX d). */
export const applySentence = (counts: ImportCountsWire, archiveMissing: boolean): string => {
  const { missing, stays } = counts;
  const archived = archiveMissing ? missing - stays : 0;
  const parts = [
    counts.added > 0 ? w('import.apply.adds', { n: counts.added }) : '',
    counts.changed > 0 ? w('import.apply.changes', { n: counts.changed }) : '',
    archived > 0 ? w('import.apply.archives', { n: archived }) : '',
    archiveMissing && stays > 0 ? w('import.apply.stays', { n: stays }) : '',
    missing > 0 && !archiveMissing ? w('import.apply.leaves', { n: missing }) : '',
    counts.rejected > 0 ? w('import.apply.not-taken', { n: counts.rejected }) : '',
  ].filter((part) => part !== '');
  const told = parts.length === 0 ? [w('import.apply.nothing')] : parts;
  return w('import.apply.sentence', { parts: told.join(', ') });
};

/** What an applied import came to; what it did nothing of is left out. */
export const appliedSentence = (counts: Partial<ImportCountsWire>, at: string): string => {
  const { added = 0, changed = 0, rejected = 0 } = counts;
  const parts = [
    added > 0 || changed === 0 ? w('import.applied.added', { n: added }) : '',
    changed > 0 ? w('import.applied.changed', { n: changed }) : '',
    rejected > 0 ? w('import.applied.rejected', { n: rejected }) : '',
  ].filter((part) => part !== '');
  return w('import.applied', { at, parts: parts.join(', ') });
};

/** Why a step shows what was chosen and takes no other choice; undefined while everything can still be changed. */
export const fixedWords = (state: ImportWire['state']): string | undefined =>
  state === 'analysed' ? undefined : w(state === 'undone' ? 'import.fixed-undone' : 'import.fixed');

/** A value as one line of text: what a cell becomes. */
export const valueText = (value: Json): string => {
  if (value === null || value === '') return w('import.preview.nothing');
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Bytes as people say them: "340 KiB", "4.6 MiB". */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? w('import.size.kib', { n: formatNumber(Math.ceil(bytes / 1024)) })
    : w('import.size.mib', { n: (bytes / 1024 / 1024).toFixed(1) });
