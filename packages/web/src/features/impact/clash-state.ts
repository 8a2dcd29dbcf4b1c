import type { SheetEdit } from '@throughline/domain/impact/merge.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { RevisionWire } from '@throughline/domain/wire-around.ts';
import {
  added,
  clashesOf,
  editOf,
  type Fields,
  isRow,
  onTop,
  type Row,
  rowsIn,
  type Sent,
  same,
  valueAt,
  type Work,
  without,
} from './impact-state.ts';

/** A place that two people wrote otherwise, with both texts: a field, a cell of an effect, or a whole effect. */
export type Clash = { readonly at: string; readonly theirs: Json; readonly mine: Json };

/** What was written here, on top of which version, and what of it somebody else wrote otherwise. */
export type Written = {
  readonly before: Fields;
  readonly work: Work;
  readonly clashes: readonly Clash[];
};

const isWhole = (at: string): boolean => /^effects\.\d+$/.test(at);

/**
 * An effect that somebody else took away while it was written into here. It stands nowhere until one of the two is
 * chosen, so the clash alone holds it.
 */
const isGone = ({ at, theirs }: Clash): boolean => isWhole(at) && theirs === null;

/** What stands now with what was written here on top, and the places where one of the two has to be chosen. Nothing is dropped. */
export const meeting = ({ before, work, clashes }: Written, theirs: Fields): Omit<Written, 'before'> => {
  const edit = editOf(before, work);
  const found = clashesOf(before, theirs, edit);
  const stands = new Set(rowsIn(theirs).map(({ number }) => `effects.${number}`));
  const away = found.filter((at) => isWhole(at) && !stands.has(at));
  const gone = away.map((at) => ({ at, theirs: null, mine: valueAt(before, work.rows, at) }));
  const next = onTop(theirs, without(edit, away), work.confirm);
  const open = clashes.filter((clash) => !isGone(clash)).map(({ at }) => at);
  const both = [...new Set([...open, ...found.filter((at) => !away.includes(at))])];
  return {
    work: next,
    clashes: [...asTheyStand(both, theirs, next), ...clashes.filter(isGone), ...gone],
  };
};

/**
 * Places that were typed into while a save was under way, and that somebody else had written in what the save was put
 * together with. What was sent itself is nobody else's.
 */
export const clashesSince = (sent: Sent, kept: Fields, work: Work): readonly Clash[] => {
  const stood = new Set(rowsIn(sent.before).map(({ number }) => number));
  const mine = new Set([
    ...Object.keys(sent.edit.fields).map((name) => `fields.${name}`),
    ...sent.edit.effects.set.flatMap((row) =>
      Object.keys(row).map((cell) => `effects.${row.number}.${cell}`),
    ),
  ]);
  const isMine = (at: string): boolean =>
    mine.has(at) || (at.startsWith('effects.') && !stood.has(Number(at.split('.')[1])));
  const found = clashesOf(sent.before, kept, editOf(kept, work)).filter((at) => !isMine(at));
  return asTheyStand(found, kept, work);
};

const asTheyStand = (places: readonly string[], theirs: Fields, work: Work): readonly Clash[] =>
  places.flatMap((at) => {
    const now = {
      at,
      theirs: valueAt(theirs, rowsIn(theirs), at),
      mine: valueAt(work.fields, work.rows, at),
    };
    return same(now.theirs, now.mine) ? [] : [now];
  });

/** The clashes as they stand while one goes on writing; where both came to the same words, there is none any more. */
export const openClashes = (clashes: readonly Clash[], saved: Fields, work: Work): readonly Clash[] => [
  ...asTheyStand(
    clashes.filter((clash) => !isGone(clash)).map(({ at }) => at),
    saved,
    work,
  ),
  ...clashes.filter(isGone),
];

/** What may be saved while a choice is open: all but those places. */
export const withheld = (edit: SheetEdit, clashes: readonly Clash[]): SheetEdit =>
  without(
    edit,
    clashes.map(({ at }) => at),
  );

/** One of the two is chosen; the other places stay open. */
export const chosen = (
  { before, work, clashes }: Written,
  at: string,
  mine: boolean,
): Omit<Written, 'before'> => {
  const clash = clashes.find((one) => one.at === at);
  const left = clashes.filter((one) => one.at !== at);
  if (clash !== undefined && isGone(clash)) {
    const { number: _, ...row } = asRow(clash.mine);
    return { clashes: left, work: mine ? added(work, row) : work };
  }
  const kept = mine ? work : onTop(before, without(editOf(before, work), [at]), work.confirm);
  return { clashes: left, work: kept };
};

const asRow = (value: Json): Row => (isRow(value) ? value : {});

/** The dimension of the effect that a clash is about, wherever it still stands. */
export const dimensionOf = ({ at, theirs, mine }: Clash, rows: readonly Row[]): string | null => {
  if (!at.startsWith('effects.')) return null;
  const row = rows.find(({ number }) => String(number) === at.split('.')[1]) ?? asRow(theirs ?? mine);
  return typeof row.dimension === 'string' ? row.dimension : null;
};

/**
 * Who wrote what stands at a place: the version since the one given that changed it last.
 * @param revisions newest first, as the history answers them
 */
export const writerOf = (
  revisions: readonly RevisionWire[],
  since: number,
  at: string,
): RevisionWire | undefined =>
  revisions.find((revision, n) => {
    const older = revisions[n + 1];
    if (revision.version <= since || revision.fields === undefined) return false;
    const was = older?.fields ?? {};
    const now = revision.fields;
    return !same(valueAt(was, rowsIn(was), at), valueAt(now, rowsIn(now), at));
  });
