import { firstDay, lastDay } from '../../day.ts';
import { points } from '../../risk/rate.ts';
import { fellOn } from '../classes.ts';
import { approvedOf, type Context, found, missingSince, ownOf } from '../context.ts';
import { inInterval } from '../due.ts';
import type { Gone, TraceRecord } from '../inputs.ts';
import { create, edit, every, fails, gap, gapsOr, holds, lack, notApplicable, step } from '../judge.ts';
import { byDay, byName } from '../order.ts';
import { type CriteriaNow, criteriaInForce, olderPoints, ratedBy, ratedOtherwise } from '../rating.ts';
import { dayOf, linksOf, textOf } from '../read.ts';
import { reclassified } from '../reclassified.ts';
import { openRisks } from '../risks.ts';
import { label, listed, on, rec, say, wordList } from '../say.ts';
import type { Judgement } from '../types.ts';
import { useCases } from '../use-cases.ts';

/** The latest finished run of the system's own risk assessment; `null` where none is dated. */
export function latestRun(c: Context): TraceRecord | null {
  const runs = ownOf(c, 'risk-assessment').filter(
    (record) => record.state === 'done' && dayOf(record, 'heldOn') !== null,
  );
  runs.sort((a, b) => byDay(dayOf(b, 'heldOn'), dayOf(a, 'heldOn')) || byName(b.ref, a.ref));
  return runs[0] ?? null;
}

/**
 * RI1 (8.2): a dated run, by a method in force, not older than the last significant change of the system or a use of it,
 * nor than another class of a use, naming no risk that is gone, and in time.
 */
export function runInTime(c: Context): Judgement {
  const system = c.system.record;
  const again = create('Plan a run', 'risk-assessment', { system: [system] });
  const run = latestRun(c);
  if (!run)
    return fails(
      gap(say('ri1-none', { system: rec(system) }), [system], {
        since: missingSince(c, system),
        action: again,
      }),
    );
  const held = dayOf(run, 'heldOn') ?? '';
  const changed = significantChange(c);
  const otherClass = reclassified(c, held);
  const before = changed !== null && lastDay(held) < changed.day;
  const methods = found(c, linksOf(run, 'method')).filter(
    (record) => record.state !== 'withdrawn' && approvedOf(c, record) !== null,
  );
  return resting(
    methods,
    gapsOr(
      [
        lack([run], () => before, {
          say: () =>
            say('ri1-changed', {
              run: rec(run),
              record: rec(changed?.record ?? system),
              day: on(changed?.day ?? held),
            }),
          since: () => changed?.day ?? null,
          action: () =>
            create(
              'Plan a run',
              'risk-assessment',
              { system: [system] },
              { trigger: 'significant-system-change' },
            ),
        }),
        lack([run], () => otherClass !== null, {
          say: () =>
            say('ri1-reclassified', {
              run: rec(run),
              record: rec(otherClass?.record ?? system),
              day: on(otherClass?.day ?? held),
            }),
          since: () => otherClass?.day ?? null,
          action: () =>
            create('Plan a run', 'risk-assessment', { system: [system] }, { trigger: 'system-reclassified' }),
        }),
        lack(goneOf(c, run), () => true, {
          say: (gone) => say('ri1-gone', { ...listed(gone), run: rec(run) }),
          since: ({ archivedAt }) => c.organisation.zone.dayOf(archivedAt),
          action: () => step(label`Open ${run} again`, run, 'reopen'),
        }),
        lack([run], () => methods.length === 0, {
          say: () => say('ri1-method', { run: rec(run) }),
          since: () => firstDay(held),
          action: () => again,
        }),
      ],
      inInterval(c, [run], {
        interval: 'risk_assessment',
        last: (record) => dayOf(record, 'heldOn'),
        next: (record) => dayOf(record, 'nextRun'),
        over: () => say('ri1-over', { run: rec(run) }),
        action: () => again,
      }),
    ),
  );
}

/** Risks that a run names and that are gone: what it came to rests on records that nobody finds any more (7.5.3, 8.2). */
const goneOf = (c: Context, run: TraceRecord): Gone[] =>
  c.system.inputs.gone.filter(({ id }) => linksOf(run, 'risks').includes(id));

/** What holds, with what it rests on besides: what was decided on it falls with these too. */
const resting = (records: readonly TraceRecord[], judgement: Judgement): Judgement =>
  judgement.verdict === 'holds' ? holds([...judgement.records, ...records], judgement.until) : judgement;

/** The last significant change of the system or of a use of it; a first entry in the register is none. */
function significantChange(c: Context): { readonly record: TraceRecord; readonly day: string } | null {
  const [latest] = [c.system.record, ...useCases(c)]
    .filter(({ createdAt, materialAt }) => materialAt > createdAt)
    .sort((a, b) => Date.parse(b.materialAt) - Date.parse(a.materialAt));
  return latest ? { record: latest, day: c.organisation.zone.dayOf(latest.materialAt) } : null;
}

/** Levels that were read from criteria which nobody vouches for any more say nothing; where there never were any, 6.1.2 is what is open. */
function ratedByNone(c: Context, risks: readonly TraceRecord[]): Judgement {
  const rated = risks.filter((record) => textOf(record, 'criteriaVersion') !== null);
  if (rated.length === 0) return notApplicable(say('ri6-none'));
  const fell = (c.organisation.byKind.get('risk-criteria') ?? []).flatMap((one) => fellOn(c, one) ?? []);
  return every(rated, () => true, {
    say: (open) => say('ri6-gone', listed(open)),
    since: () => fell.sort().at(-1) ?? null,
    causedBy: { organisation: '6.1.2' },
  });
}

/** RI6 (6.1.2): ratings by older criteria count until the transition day that the newer ones name, and not after it. */
export function ratedByCriteria(c: Context): Judgement {
  const now = criteriaInForce(c);
  const risks = openRisks(c).filter((record) => textOf(record, 'currentLevel') !== null);
  if (risks.length === 0) return notApplicable(say('ri-none'));
  if (now === null) return ratedByNone(c, risks);
  const until = dayOf(now.approved, 'transitionUntil');
  const adopted = c.organisation.zone.dayOf(now.approved.at);
  const partly = risks.filter((record) => olderPoints(now, record).length > 0);
  const older = risks.filter((record) => !ratedBy(now, record) && !partly.includes(record));
  const counts = until !== null && !c.clock.over(until);
  const rateAnew = (record: TraceRecord) => edit(label`Rate ${record} anew`, record, 'rated');
  return gapsOr(
    [
      lack(older, () => until === null, {
        say: (open) => say('ri6-undated', { ...listed(open), criteria: rec(now.record) }),
        since: () => adopted,
        action: rateAnew,
      }),
      lack(older, () => until !== null && !counts, {
        say: (open) => say('ri6-over', { ...listed(open), criteria: rec(now.record) }),
        since: () => until,
        action: rateAnew,
      }),
      lack(partly, () => !counts, {
        say: (open) =>
          say('ri6-partly', { ...listed(open), points: pointsOf(now, open), criteria: rec(now.record) }),
        since: () => until ?? adopted,
        action: rateAnew,
      }),
    ],
    every(
      risks,
      (record) => ratedOtherwise(now, record),
      {
        say: (open) => say('ri6-differs', { ...listed(open), criteria: rec(now.record) }),
        since: (record) => dayOf(record, 'assessedOn') ?? adopted,
        action: rateAnew,
      },
      older.length + partly.length > 0 ? until : null,
    ),
  );
}

function pointsOf(now: CriteriaNow, risks: readonly TraceRecord[]): string {
  const named = new Set(risks.flatMap((risk) => olderPoints(now, risk)));
  return wordList(points.filter((point) => named.has(point)));
}
