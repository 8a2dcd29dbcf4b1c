import type { SoaRowWire, SoaWire } from '@throughline/domain/wire-soa.ts';

/** Filters of the bar. */
export const shows = ['all', 'wrong', 'open', 'excluded'] as const;
/** What the sentence above the table counts, each a filter of its own: a part of what is wrong, or not decided. */
export const counted = [
  'contradictions',
  'left-out',
  'missing',
  'late',
  'unaccepted',
  'untested',
  'failed',
  'unreasoned',
] as const;
export type Counted = (typeof counted)[number];
export type Show = (typeof shows)[number] | Counted;

/** Faults that each of them stands for. */
const codes: Readonly<Record<Exclude<Counted, 'contradictions'>, readonly string[]>> = {
  'left-out': ['excluded-called', 'undecided-called', 'dropped'],
  missing: ['missing'],
  late: ['late', 'redated'],
  unaccepted: ['unaccepted'],
  untested: ['untested', 'changed', 'retest'],
  failed: ['failed'],
  unreasoned: ['applicable-bare', 'excluded-bare'],
};

/** The filter of the address; whatever it does not know shows everything. */
export const showOf = (text: string | undefined): Show =>
  [...shows, ...counted].find((one) => one === text) ?? 'all';

/** The filter of the bar that a filter belongs to. */
export const barOf = (show: Show): (typeof shows)[number] => shows.find((one) => one === show) ?? 'wrong';

/** How many rows each of the counted filters would show, those that would show none left out. */
export const countsOf = (rows: readonly SoaRowWire[]): readonly (readonly [Counted | 'open', number])[] =>
  (['contradictions', 'open', ...counted.slice(1)] as const)
    .map((show) => [show, rows.filter((row) => isShown(row, show)).length] as const)
    .filter(([, n]) => n > 0);

/** Whether a row is in sight. Whoever filters for what is wrong wants contradictions and gaps alike. */
const isShown = (row: SoaRowWire, show: Show): boolean => {
  switch (show) {
    case 'all':
      return true;
    case 'wrong':
      return row.faults.length > 0;
    case 'open':
      return row.decided === 'none' || row.decided === 'unapproved';
    case 'excluded':
      return row.says === 'excluded';
    case 'contradictions':
      return row.faults.some(({ type }) => type === 'contradiction');
    default:
      return row.faults.some(({ code }) => codes[show].includes(code));
  }
};

const textOf = (row: SoaRowWire): string =>
  [row.id, row.title, row.objective, row.justification, row.line?.ref, row.control?.ref]
    .concat(row.sources.flatMap(({ first }) => first.flatMap(({ ref, title }) => [ref, title])))
    .filter((part) => part !== null && part !== undefined)
    .join('\n')
    .toLowerCase();

/** Rows that the filter lets through and that hold every word asked for, in whatever part. */
export const rowsShown = (rows: readonly SoaRowWire[], show: Show, find: string): readonly SoaRowWire[] => {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (!isShown(row, show)) return false;
    const text = words.length === 0 ? '' : textOf(row);
    return words.every((word) => text.includes(word));
  });
};

export type Topic = {
  /** `A.6`, or `own`. */
  readonly id: string;
  readonly title: string | null;
  readonly rows: readonly SoaRowWire[];
};

/** Rows under their topics, in the order of the standard; own controls come last. */
export const byTopic = (rows: readonly SoaRowWire[]): readonly Topic[] => {
  const topics = new Map<string, { id: string; title: string | null; rows: SoaRowWire[] }>();
  for (const row of rows) {
    const id = row.topic?.id ?? 'own';
    const known = topics.get(id) ?? { id, title: row.topic?.title ?? null, rows: [] };
    known.rows.push(row);
    topics.set(id, known);
  }
  return [...topics.values()];
};

/** Nobody adopted anything: the page then teaches how a statement begins. */
export const isEmpty = ({ rows }: Pick<SoaWire, 'rows'>): boolean =>
  rows.every(({ control }) => control === null);

/** Controls of Annex A without a record, while others have one. */
export const notAdopted = ({ rows }: Pick<SoaWire, 'rows'>): number =>
  rows.filter(({ control }) => control === null).length;

/** The row with something wrong that comes after (or before) the one in focus, around the end. */
export const nextWrong = (
  rows: readonly SoaRowWire[],
  from: string | null,
  step: 1 | -1,
): SoaRowWire | undefined => {
  const start = rows.findIndex(({ id }) => id === from);
  const turn = rows.map((_row, at) => {
    const far = start === -1 ? (step === 1 ? at : -1 - at) : start + step * (at + 1);
    return rows.at(((far % rows.length) + rows.length) % rows.length);
  });
  return turn.find((row) => row !== undefined && row.faults.length > 0);
};
