import type { Field } from '../kinds/fields.ts';
import type { Kind } from '../kinds/kind.ts';
import { coerce } from './coerce.ts';
import { meaningOf } from './coerce-choice.ts';
import { orderEvidence } from './coerce-day.ts';
import { decimalEvidence } from './coerce-number.ts';
import { comesFromCell } from './coerce-rows.ts';
import type { CoercionOptions, DateOrder } from './coerced.ts';
import {
  type ColumnRule,
  type Confidence,
  externalTarget,
  type Mapping,
  type Proposal,
  type ProposedColumn,
} from './mapping.ts';
import { ownColumns } from './own-register.ts';
import type { Profile } from './profiles/profile.ts';
import { stateWords } from './state-words.ts';
import { headingWords, meaningfulWords, overlap, plainWords, trimmed } from './words.ts';

export type ColumnData = {
  readonly header: string;
  /** Cells that are not blank, in the order of the file; as many as were sampled. */
  readonly cells: readonly string[];
};

/** A name that a place goes by, as words. */
type Called = { readonly words: string; readonly meaning: ReadonlySet<string> };
type Candidate = {
  readonly target: string;
  readonly names: readonly Called[];
  readonly field: Field | undefined;
};
type Match = { column: number; target: string; likeness: number; fit: number; score: number };

const leastLikeness = 0.5;
const sampled = 200;

/** Finds the profile that was made for these headings: the one with most of its own columns among them, at least nine of ten. */
export function recogniseProfile(
  profiles: readonly Profile[],
  kind: string,
  headers: readonly string[],
): Profile | undefined {
  const present = new Set(headers.map(plainWords));
  const rated = profiles
    .filter((profile) => profile.kind === kind)
    .map((profile) => {
      const own = Object.keys(profile.columns);
      return { profile, share: own.filter((header) => present.has(plainWords(header))).length / own.length };
    })
    .sort((a, b) => b.share - a.share);
  const best = rated[0];
  return best && best.share >= 0.9 ? best.profile : undefined;
}

/** Proposes a place for every column, from the profile where it knows the heading, else from heading and values. */
export function proposeMapping(
  kind: Kind,
  columns: readonly ColumnData[],
  facts: {
    source: string;
    year: number;
    profile?: Profile | undefined;
    members?: ReadonlyMap<string, string>;
    /** First month of the organisation's financial year, for files that no profile says it of. */
    financialYear?: number | null;
    /** Why the rows are taken for records of the organisation, where they are. */
    own?: { readonly why: string } | undefined;
  },
): Proposal {
  const options: CoercionOptions = { year: facts.year, members: facts.members };
  const fromProfile = new Map(
    Object.entries(facts.profile?.columns ?? {}).map(([header, rule]) => [plainWords(header), rule]),
  );
  const taken = new Set([...fromProfile.values()].map((rule) => rule.target));
  const headers = new Set(columns.map((column) => column.header));
  const free = facts.profile ? [] : columns.map((column, index) => ({ column, index }));
  const matches = assign(
    free.flatMap(({ column, index }) => rank(kind, column, index, headers, options)),
    taken,
  );
  const proposed = columns.map((column, index): ProposedColumn => {
    const rule = fromProfile.get(plainWords(column.header));
    if (rule) {
      const { target, ...rest } = rule;
      return {
        rule: { header: column.header, target, ...rest },
        confidence: target === null ? 'unused' : 'sure',
        why: target === null ? 'The profile keeps its cells beside the record.' : 'The profile says so.',
      };
    }
    return describe(column, matches.get(index), matches.rivals.get(index));
  });
  const noted = facts.profile ? proposed : withNotes(kind, proposed, columns);
  const explained = facts.own ? ownColumns(kind, noted, facts.own.why) : noted;
  return { mapping: asMapping(kind, explained, columns, facts), columns: explained };
}

/** A repeated heading ("If Other, please explain.") belongs to the column before it, and goes to the note of its field. */
function withNotes(
  kind: Kind,
  proposed: readonly ProposedColumn[],
  columns: readonly ColumnData[],
): ProposedColumn[] {
  const targetOf = new Map(proposed.map((column) => [column.rule.header, column.rule.target]));
  const used = new Set(targetOf.values());
  return proposed.map((column, index) => {
    const { header, target } = column.rule;
    const owner = [...targetOf.keys()].find((other) => header.endsWith(` (${other})`));
    const note = owner ? `${targetOf.get(owner)}Note` : '';
    if (target !== null || !(note in kind.fields) || used.has(note) || columns[index]?.cells.length === 0)
      return column;
    return {
      rule: { header, target: note },
      confidence: 'likely',
      why: 'It explains the column that it belongs to.',
    };
  });
}

function asMapping(
  kind: Kind,
  proposed: readonly ProposedColumn[],
  columns: readonly ColumnData[],
  facts: { source: string; profile?: Profile | undefined; financialYear?: number | null },
): Mapping {
  const headerOf = (known: string) =>
    columns.find((column) => plainWords(column.header) === plainWords(known))?.header;
  const titled = proposed.find((column) => column.rule.target === kind.title)?.rule.header;
  const profile = facts.profile;
  const present = (headers: readonly string[]) => headers.flatMap((header) => headerOf(header) ?? []);
  const apart = ['unit', 'subUnit', 'purpose'].flatMap(
    (target) => proposed.find((column) => column.rule.target === target)?.rule.header ?? [],
  );
  const fiscalYearStart = profile ? profile.fiscalYearStart : facts.financialYear;
  return {
    kind: kind.name,
    source: profile?.source ?? facts.source,
    profile: profile?.id ?? null,
    columns: proposed.map((column) => column.rule),
    identity: profile ? present(profile.identity) : titled ? [titled] : [],
    tellApart: profile ? present(profile.tellApart) : apart,
    ...(fiscalYearStart ? { fiscalYearStart } : {}),
  };
}

/** What the places of a kind are called does not change: every column of every file is held against it. */
const candidatesOf = new WeakMap<Kind, readonly Candidate[]>();

function candidates(kind: Kind): readonly Candidate[] {
  const known = candidatesOf.get(kind);
  if (known) return known;
  const made = places(kind).map(({ names, ...place }) => ({ ...place, names: names.map(called) }));
  candidatesOf.set(kind, made);
  return made;
}

function called(heading: string): Called {
  const words = headingWords(heading);
  return { words, meaning: meaningfulWords(words) };
}

function places(kind: Kind) {
  const fields = Object.entries(kind.fields)
    .filter(([, field]) => comesFromCell(field))
    .map(([target, field]) => ({ target, names: [target, field.label, ...(field.alsoCalled ?? [])], field }));
  const relations = Object.entries(kind.relations).map(([target, relation]) => ({
    target,
    names: [target, relation.label],
    field: undefined,
  }));
  const state = {
    target: 'state',
    names: ['state', 'status', 'stage', 'stage of development', kind.lifecycle.label ?? 'state'],
    field: undefined,
  };
  const key = {
    target: 'key',
    names: ['id', 'identifier', 'key', 'ref', 'reference', 'record id', `${kind.label} id`],
    field: undefined,
  };
  const classes = kind.fields.externalClasses;
  const scheme = classes
    ? [{ target: externalTarget, names: classes.alsoCalled ?? [], field: undefined }]
    : [];
  return [...fields, ...relations, ...scheme, state, key];
}

/** A heading that stands more than once, as it stands in the file, without the column before it that tells them apart. */
function bareHeading(header: string, headers: ReadonlySet<string>): string | undefined {
  const [, bare, owner] = /^(.+?) \((.+)\)(?: \d+)?$/.exec(header) ?? [];
  return owner !== undefined && headers.has(owner) ? bare : undefined;
}

function rank(
  kind: Kind,
  column: ColumnData,
  index: number,
  headers: ReadonlySet<string>,
  options: CoercionOptions,
): Match[] {
  if (column.cells.length === 0) return [];
  const bare = bareHeading(column.header, headers);
  // The first of several that are alike is the nearest to what they all say, and none is known for sure.
  const own = bare === undefined ? 1 : 0.95;
  const heading = called(bare ?? column.header);
  return candidates(kind).flatMap((candidate) => {
    const likeness =
      own *
      Math.max(
        ...candidate.names.map(({ words, meaning }) =>
          words === heading.words ? 1 : overlap(heading.meaning, meaning) * 0.9,
        ),
      );
    if (likeness < leastLikeness) return [];
    const fit = fitOf(kind, candidate, column, options);
    // A class of another scheme stands under that scheme's name: the heading, until somebody names it better.
    const target =
      candidate.target === externalTarget
        ? `${externalTarget}${column.header.slice(0, 80)}`
        : candidate.target;
    return [{ column: index, target, likeness, fit, score: likeness * (0.4 + 0.6 * fit) }];
  });
}

/** Share of the sampled cells that the target would take. */
function fitOf(kind: Kind, candidate: Candidate, column: ColumnData, options: CoercionOptions): number {
  const cells = sample(column.cells);
  if (candidate.target === externalTarget) return 1;
  if (candidate.target === 'key') return new Set(cells).size / cells.length;
  if (candidate.target === 'state')
    return share(cells, (cell) => meaningOf(stateWords(kind), cell) !== undefined);
  const { field } = candidate;
  if (!field) return share(cells, (cell) => /^[A-Z]{2,5}-[1-9]\d*$/i.test(cell.trim()));
  const dateOrder: DateOrder | undefined = field.type === 'day' ? orderEvidence(cells).order : undefined;
  const decimal = field.type === 'number' ? decimalEvidence(cells) : undefined;
  return share(
    cells,
    (cell) =>
      !('problem' in coerce(field, cell, { ...options, dateOrder: dateOrder ?? 'month-first', decimal })),
  );
}

function share(cells: readonly string[], holds: (cell: string) => boolean): number {
  return cells.filter(holds).length / cells.length;
}

function sample(cells: readonly string[]): string[] {
  const step = Math.max(1, Math.floor(cells.length / sampled));
  return cells.filter((_, index) => index % step === 0).slice(0, sampled);
}

type Assigned = Map<number, Match> & { rivals: Map<number, Match> };

/** The best pair first: a column claimed by one place only, a place by one column only. */
function assign(matches: readonly Match[], taken: ReadonlySet<string | null>): Assigned {
  const assigned: Assigned = Object.assign(new Map<number, Match>(), { rivals: new Map<number, Match>() });
  const used = new Set(taken);
  const ordered = [...matches].sort((a, b) => b.score - a.score || a.column - b.column);
  for (const match of ordered) {
    if (assigned.has(match.column)) continue;
    if (used.has(match.target)) {
      if (!assigned.rivals.has(match.column)) assigned.rivals.set(match.column, match);
      continue;
    }
    used.add(match.target);
    assigned.set(match.column, match);
  }
  return assigned;
}

function describe(column: ColumnData, match: Match | undefined, rival: Match | undefined): ProposedColumn {
  const unused = (why: string): ProposedColumn => ({
    rule: { header: column.header, target: null },
    confidence: 'unused',
    why,
  });
  if (column.cells.length === 0) return unused('The column is empty.');
  if (!match)
    return unused(
      rival ? 'Another column fits its place better.' : 'No part of the register is called like it.',
    );
  const rule: ColumnRule = { header: column.header, target: match.target };
  const percent = Math.round(match.fit * 100);
  const heading = match.likeness === 1 ? 'The heading is known' : 'The heading is similar';
  return { rule, confidence: confidenceOf(match), why: `${heading}; ${percent} % of its values fit.` };
}

function confidenceOf(match: Match): Confidence {
  if (match.likeness === 1) return match.fit >= 0.8 ? 'sure' : match.fit >= 0.4 ? 'likely' : 'unsure';
  return match.likeness >= 0.7 && match.fit >= 0.8 ? 'likely' : 'unsure';
}

/** Cells of a column that are not blank. */
export function filledCells(rows: readonly (readonly string[])[], index: number): string[] {
  return rows.map((row) => row[index] ?? '').filter((cell) => trimmed(cell) !== '');
}
