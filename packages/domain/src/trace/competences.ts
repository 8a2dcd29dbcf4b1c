import type { Clock } from './clock.ts';
import { latest } from './due.ts';
import type { TraceRecord } from './inputs.ts';
import { create, earliest, gapsOr, holds, lack } from './judge.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { dayOf, textOf } from './read.ts';
import { listed, say, wordList } from './say.ts';
import type { Judgement } from './types.ts';

const skillLevels = ['aware', 'basic', 'practised', 'expert'];
type Where = { readonly organisation: OrganisationFacts; readonly clock: Clock };

/**
 * Whether each holder shows what the role asks for, on proof still valid, or has a dated action on the gap (7.2).
 * A role without any need stated is a gap of its own: nothing was asked, so nothing can be met.
 */
export function competenceOf(c: Where, held: readonly TraceRecord[]): Judgement {
  const missing = new Map(held.map((record) => [record.id, missingSkills(c, record)]));
  const short = (record: TraceRecord) => missing.get(record.id) ?? [];
  const shown = held.flatMap((record) => shownBy(c, record));
  return gapsOr(
    [
      lack(held, (record) => needsOf(c, record).length === 0, {
        say: (open) => say('ow4-no-need', listed(open)),
        since: (record) => dayOf(record, 'acceptedOn'),
        action: (record) => create('State the need', 'competence', {}, { role: textOf(record, 'role') }),
      }),
      lack(held, (record) => short(record).length > 0, {
        say: (open) =>
          say('ow4-short', {
            ...listed(open, 2),
            skills: wordList([...new Set(open.flatMap(short))].slice(0, 2)),
          }),
        // Proof that ran out was there until its day; without any the need stands open since the role was taken.
        since: (record) =>
          earliest(shownBy(c, record).map((need) => ranOut(c, need))) ?? dayOf(record, 'acceptedOn'),
        action: (record) =>
          create(
            'Record the competence',
            'competence',
            {},
            {
              name: short(record)[0] ?? null,
              role: textOf(record, 'role'),
              person: textOf(record, 'person'),
            },
          ),
      }),
    ],
    holds([...held, ...shown], earliest(shown.map((need) => endOf(c, need)))),
  );
}

function needsOf(c: Where, assignment: TraceRecord): TraceRecord[] {
  const all = c.organisation.byKind.get('competence') ?? [];
  const role = textOf(assignment, 'role');
  return all.filter((need) => need.state !== 'ended' && textOf(need, 'role') === role);
}

function shownBy(c: Where, assignment: TraceRecord): TraceRecord[] {
  const person = textOf(assignment, 'person');
  return needsOf(c, assignment).filter((need) => textOf(need, 'person') === person);
}

/** Names of skills that the role needs and its holder does not show; the strongest level asked for counts. */
function missingSkills(c: Where, assignment: TraceRecord): string[] {
  const needed = new Map<string, number>();
  for (const need of needsOf(c, assignment)) {
    const level = skillLevels.indexOf(textOf(need, 'levelNeeded') ?? '');
    if (level >= 0) needed.set(need.title, Math.max(level, needed.get(need.title) ?? 0));
  }
  const shown = shownBy(c, assignment);
  return [...needed].flatMap(([skill, level]) =>
    shown.some((record) => record.title === skill && meets(c, record, level)) ? [] : [skill],
  );
}

function meets(c: Where, record: TraceRecord, level: number): boolean {
  return isShown(c, record, level) || gapRunsTo(c, record) !== null;
}

/** Whether proof still valid shows a level. */
function isShown(c: Where, record: TraceRecord, level: number): boolean {
  const until = dayOf(record, 'validUntil');
  const reached = skillLevels.indexOf(textOf(record, 'levelShown') ?? '') >= level;
  return reached && (until === null || !c.clock.over(until));
}

function ranOut(c: Where, record: TraceRecord): string | null {
  const until = dayOf(record, 'validUntil');
  return until !== null && c.clock.over(until) ? until : null;
}

/** Until when a dated action on the gap runs. */
function gapRunsTo(c: Where, record: TraceRecord): string | null {
  const due = dayOf(record, 'gapDue');
  return textOf(record, 'gapAction') !== null && due !== null && !c.clock.over(due) ? due : null;
}

/** The last day that a record lets its need be met: its proof's, then that of the action on the gap. */
function endOf(c: Where, record: TraceRecord): string | null {
  const needed = skillLevels.indexOf(textOf(record, 'levelNeeded') ?? '');
  const gap = gapRunsTo(c, record);
  if (needed < 0 || !isShown(c, record, needed)) return gap;
  const until = dayOf(record, 'validUntil');
  return until === null ? null : latest([until, gap]);
}
