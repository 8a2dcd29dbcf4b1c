/** Where an organisation stood, where it wants to be, and how far it came (gap analysis). */
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { cellDay, cellText, type Readable, type Row, rowsOf } from '../trace/read.ts';
import {
  type ControlCount,
  type CoverageRow,
  type DutyCount,
  type Exclusion,
  exclusionsByItem,
  placedOn,
} from './coverage.ts';
import type { Framework } from './frameworks.ts';

/** How far an item is, the least first; `excluded` is not applicable by the statement, and stands nowhere between. */
export const itemStates = ['not-there', 'planned', 'partly', 'in-place', 'excluded'] as const;
export type ItemState = (typeof itemStates)[number];

export type ItemStanding = {
  readonly item: string;
  readonly state: ItemState;
  /** Of how many running systems, or records of a duty, it is in place on or met. */
  readonly done: number;
  readonly of: number;
  /** Why it is excluded, or what a person says of it. */
  readonly because?: string;
};

/** What is on record now for each control of Annex A. */
export function controlStandings(
  catalogue: Catalogue,
  systems: number,
  counts: readonly ControlCount[],
  exclusions: readonly Exclusion[] = [],
): ItemStanding[] {
  const byItem = new Map(counts.map((count) => [count.item, count]));
  const excluded = exclusionsByItem(exclusions);
  return catalogue.iso42001.annex_a.controls.map(({ id }) => {
    const out = excluded.get(id);
    if (out) return { item: id, state: 'excluded', done: 0, of: 0, because: `${out.line}: ${out.because}` };
    const count = byItem.get(id);
    if (!count) return { item: id, state: 'not-there', done: 0, of: systems };
    const done = placedOn(count, systems);
    const whole = count.at === 'organisation' ? count.organisation > 0 : systems > 0 && done >= systems;
    const state = whole
      ? 'in-place'
      : done + count.partly + count.organisation > 0
        ? 'partly'
        : count.planned > 0
          ? 'planned'
          : 'not-there';
    return { item: id, state, done, of: systems };
  });
}

/** The same for each duty of the law that the register holds or could hold. */
export function dutyStandings(catalogue: Catalogue, counts: readonly DutyCount[]): ItemStanding[] {
  const byItem = new Map(counts.map((count) => [count.item, count]));
  return catalogue.euAiAct.obligations.flatMap(({ id }): ItemStanding[] => {
    const count = byItem.get(id);
    if (!count) return [];
    const { met, records } = count;
    const state = met >= records ? 'in-place' : met > 0 ? 'partly' : 'planned';
    return [{ item: id, state, done: met, of: records }];
  });
}

/** Frameworks whose items are judged by people: the crosswalk tells how far controls lead there, and no more. */
export const judgedByPeople: readonly Framework[] = ['nist-ai-rmf', 'iso27001'];

/**
 * The same for a framework that only the crosswalk leads to. Controls put an item partly in place at most: that it is in
 * place says a person, by name and with a reason, in the analysis (`judged`).
 */
export function frameworkStandings(
  analysis: Readable,
  systems: number,
  rows: readonly CoverageRow[],
): ItemStanding[] {
  const judged = new Map(rowsOf(analysis, 'judged').flatMap(judgedIn));
  return rows.map(({ item, through, least }): ItemStanding => {
    const said = judged.get(item);
    if (said) return { item, ...said, done: said.state === 'in-place' ? systems : (least ?? 0), of: systems };
    const counts = through.flatMap(({ count, excluded }) => (excluded === null ? (count ?? []) : []));
    const begun = counts.some((count) => placedOn(count, systems) + count.partly + count.organisation > 0);
    const state = begun ? 'partly' : counts.some(({ planned }) => planned > 0) ? 'planned' : 'not-there';
    return { item, state, done: least ?? 0, of: systems };
  });
}

function judgedIn(row: Row): [string, { state: ItemState; because: string }][] {
  const [item, state, why] = [cellText(row, 'item'), cellText(row, 'state'), cellText(row, 'why')];
  return item && isState(state) && why && cellText(row, 'by') ? [[item, { state, because: why }]] : [];
}

/** The rows of a baseline as a record keeps them. */
export const baselineRows = (standings: readonly ItemStanding[]): Row[] =>
  standings.map(({ item, state, done, of }) => ({ item, state, done, of }));

/** A task of the plan, by the item that it is for. */
export type PlannedTask = { readonly id: string; readonly item: string | null; readonly done: boolean };

export type ItemProgress = {
  readonly item: string;
  /** `null` where the baseline did not know the item. */
  readonly before: ItemStanding | null;
  readonly now: ItemStanding | null;
  readonly target: {
    readonly state: ItemState;
    readonly due: string | null;
    readonly owner: string | null;
  } | null;
  readonly tasks: readonly string[];
  /** `reached`, `over` past its day, `unplanned` with a target and no task, `open` otherwise; `null` without a target. */
  readonly stands: 'reached' | 'over' | 'unplanned' | 'open' | null;
  readonly moved: 'forward' | 'back' | 'same' | null;
};

const isState = (text: string | null): text is ItemState => itemStates.some((state) => state === text);
const rank = (state: ItemState): number => itemStates.indexOf(state);

/** Holds what is on record now against the baseline and the targets. Pure. */
export function progressOf(
  analysis: Readable,
  now: readonly ItemStanding[],
  tasks: readonly PlannedTask[],
  today: string,
): ItemProgress[] {
  const before = new Map(
    rowsOf(analysis, 'baseline')
      .flatMap(standingIn)
      .map((one) => [one.item, one]),
  );
  const present = new Map(now.map((one) => [one.item, one]));
  const targets = new Map(rowsOf(analysis, 'targets').flatMap(targetIn));
  const items = new Set([...before.keys(), ...present.keys(), ...targets.keys()]);
  return [...items].map((item) => {
    const [was, is, target] = [
      before.get(item) ?? null,
      present.get(item) ?? null,
      targets.get(item) ?? null,
    ];
    const planned = tasks.filter((task) => task.item === item);
    return {
      ...{ item, before: was, now: is, target },
      tasks: planned.map(({ id }) => id),
      // Of what is not applicable nothing is due.
      stands: target && is?.state !== 'excluded' ? standsAt(target, is, planned, today) : null,
      moved: was && is && movedFrom(was, is),
    };
  });
}

type Target = NonNullable<ItemProgress['target']>;

function standsAt(
  target: Target,
  now: ItemStanding | null,
  tasks: readonly PlannedTask[],
  today: string,
): NonNullable<ItemProgress['stands']> {
  if (now && rank(now.state) >= rank(target.state)) return 'reached';
  if (target.due !== null && target.due < today) return 'over';
  return tasks.some(({ done }) => !done) ? 'open' : 'unplanned';
}

function movedFrom(was: ItemStanding, is: ItemStanding): 'forward' | 'back' | 'same' {
  // What came in or went out of the statement moved nowhere.
  if (was.state === 'excluded' || is.state === 'excluded') return 'same';
  const by =
    rank(is.state) - rank(was.state) || is.done / Math.max(is.of, 1) - was.done / Math.max(was.of, 1);
  return by > 0 ? 'forward' : by < 0 ? 'back' : 'same';
}

function standingIn(row: Row): ItemStanding[] {
  const [item, state] = [cellText(row, 'item'), cellText(row, 'state')];
  const number = (column: string) => (typeof row[column] === 'number' ? Number(row[column]) : 0);
  return item && isState(state) ? [{ item, state, done: number('done'), of: number('of') }] : [];
}

function targetIn(row: Row): [string, Target][] {
  const [item, state] = [cellText(row, 'item'), cellText(row, 'state')];
  return item && isState(state)
    ? [[item, { state, due: cellDay(row, 'due'), owner: cellText(row, 'owner') }]]
    : [];
}
