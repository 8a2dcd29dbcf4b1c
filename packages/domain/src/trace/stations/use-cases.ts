import { lostApproval } from '../approved.ts';
import { authorityLacking } from '../authority.ts';
import {
  approvedOf,
  type Context,
  createdOn,
  missingSince,
  runningSince,
  runsInFact,
  type StationRules,
} from '../context.ts';
import { inInterval, latest } from '../due.ts';
import type { TraceRecord } from '../inputs.ts';
import {
  approve,
  create,
  edit,
  every,
  fails,
  gap,
  gapsOr,
  holds,
  lack,
  notApplicable,
  open,
} from '../judge.ts';
import { nextLookDay } from '../next-day.ts';
import { dayOf, says, silent, textOf } from '../read.ts';
import { label, listed, names, on, rec, say, wordList } from '../say.ts';
import type { Gap, Judgement, Part } from '../types.ts';
import { endedUseCases, suspendedUseCases, useCases } from '../use-cases.ts';

export const useCaseStation: StationRules = {
  id: 'use-cases',
  rules: [
    { id: 'UC1', judge: described },
    { id: 'UC2', judge: approved },
    { id: 'UC3', judge: autonomyStated },
    { id: 'UC4', judge: closed },
    { id: 'UC5', judge: reviewed },
    { id: 'UC6', judge: usedAsInstructed },
  ],
  holding: (c) =>
    useCases(c).length === 0 ? say('hold-bare') : say('uc-hold', { records: names(useCases(c), 2) }),
};

/** What a use case says before it is used (4.1, A.9.2, A.9.4), with the words a page uses for it. */
const stated: Readonly<Record<string, string>> = {
  purpose: 'purpose',
  context: 'context',
  users: 'users',
  affectedPersons: 'affected persons',
  foreseeableMisuse: 'foreseeable misuse',
  prohibitedUses: 'prohibited uses',
};
const missingParts = (record: TraceRecord) => silent(record, Object.keys(stated));

function described(c: Context): Judgement {
  const cases = useCases(c);
  if (cases.length === 0) return fails(noUseCase(c));
  return every(cases, (record) => missingParts(record).length > 0, {
    say: (thin) => {
      const words = new Set(thin.flatMap(missingParts));
      return say('uc1-thin', {
        ...listed(thin, 2),
        missing: wordList(Object.entries(stated).flatMap(([part, word]) => (words.has(part) ? [word] : []))),
      });
    },
    since: (record) => missingSince(c, record),
    action: (record) => edit(label`Describe ${record}`, record, missingParts(record)[0] ?? 'purpose'),
  });
}

/** The one gap behind every rule on use cases while none goes on. */
function noUseCase(c: Context): Gap {
  const { record, live } = c.system;
  const over = [...suspendedUseCases(c), ...endedUseCases(c)];
  if (over.length > 0) return noneGoesOn(c, over);
  const since = live ? runningSince(c) : createdOn(c, record);
  return gap(
    runsInFact(c)
      ? say('uc1-none-live', { system: rec(record), day: on(since) })
      : say('uc1-none', { system: rec(record) }),
    [record],
    { since, action: create('Add a use case', 'use-case', { system: [record] }) },
  );
}

/** They are on record: it says how they stand. A suspended one is looked at, for it may go on or end. */
function noneGoesOn(c: Context, over: readonly TraceRecord[]): Gap {
  const { record } = c.system;
  const uses = [...Map.groupBy(over, ({ state }) => state)].flatMap(([state, some], at): Part[] => [
    ...(at > 0 ? ['; '] : []),
    ...names(some),
    ` ${some.length === 1 ? 'is' : 'are'} ${state}`,
  ]);
  const said = { system: rec(record), uses };
  const [suspended] = suspendedUseCases(c);
  const since = over.map((one) => dayOf(one, 'retiredOn') ?? c.organisation.zone.dayOf(one.updatedAt));
  return gap(
    runsInFact(c) ? say('uc1-ended-live', { ...said, day: on(runningSince(c)) }) : say('uc1-ended', said),
    [record, ...over],
    {
      since: latest(since),
      action: suspended
        ? open(label`Look at ${suspended}`, suspended)
        : create('Add a use case', 'use-case', { system: [record] }),
    },
  );
}

function approved(c: Context): Judgement {
  const cases = useCases(c);
  if (cases.length === 0) return notApplicable(say('uc-none'));
  const without = cases.filter((record) => approvedOf(c, record) === null);
  const lostBy = (act: 'void' | 'withdraw', sentence: (open: readonly TraceRecord[]) => Gap['sentence']) =>
    lack(without, (record) => lostApproval(record)?.act === act, {
      say: sentence,
      since: (record) => c.organisation.zone.dayOf(lostApproval(record)?.at ?? record.updatedAt),
      action: (record) => approve(label`Approve ${record}`, record),
    });
  const beyond = (what: 'any' | 'level', sentence: (open: readonly TraceRecord[]) => Gap['sentence']) =>
    lack(cases, (record) => beyondAuthority(c, record) === what, {
      say: sentence,
      since: (record) => c.organisation.zone.dayOf(approvedOf(c, record)?.at ?? record.updatedAt),
      action: (record) => approve(label`Approve ${record}`, record),
    });
  return gapsOr(
    [
      lack(without, (record) => lostApproval(record) === null, {
        say: (open) => say('uc2-none', listed(open)),
        since: (record) => missingSince(c, record),
        action: (record) => approve(label`Approve ${record}`, record),
      }),
      lostBy('void', (open) => say('uc2-void', listed(open))),
      lostBy('withdraw', (open) => say('uc2-withdrawn', listed(open))),
      beyond('any', (open) => say('uc2-authority', listed(open))),
      beyond('level', (open) => say('uc2-level', listed(open))),
    ],
    holds(cases),
  );
}

/** An approval above the limit held on that day is void (domain model, authority). */
function beyondAuthority(c: Context, record: TraceRecord): 'any' | 'level' | null {
  const standing = approvedOf(c, record);
  if (!standing) return null;
  const day = c.organisation.zone.dayOf(standing.at);
  return authorityLacking(c, { member: standing.by, dimension: 'use_case', day, use: record.id });
}

function autonomyStated(c: Context): Judgement {
  const cases = useCases(c);
  if (cases.length === 0) return notApplicable(say('uc-none'));
  return every(cases, (record) => textOf(record, 'autonomy') === null, {
    say: (open) => say('uc3-none', listed(open)),
    since: (record) => missingSince(c, record),
    action: (record) => edit(label`State the autonomy of ${record}`, record, 'autonomy'),
  });
}

function closed(c: Context): Judgement {
  const ended = endedUseCases(c);
  const running = c.system.retired ? useCases(c) : [];
  if (ended.length + running.length === 0) return notApplicable(say('uc4-none'));
  return gapsOr(
    [
      lack(running, (record) => record.state === 'in-use', {
        say: (open) => say('uc4-running', { ...listed(open), system: rec(c.system.record) }),
        since: () => dayOf(c.system.record, 'retiredOn'),
        action: (record) => ({
          label: label`Retire ${record}`,
          do: { type: 'step', record: record.id, transition: 'retire' },
        }),
      }),
      lack(ended, (record) => silent(record, ['closingNote', 'retiredOn']).length > 0, {
        say: (open) => say('uc4-open', listed(open)),
        since: (record) => dayOf(record, 'retiredOn'),
        action: (record) =>
          edit(label`Close ${record}`, record, says(record, 'closingNote') ? 'retiredOn' : 'closingNote'),
      }),
    ],
    holds(ended),
  );
}

/** Judged on the review's day alone: whether other use was really looked for is the reviewer's text. */
function reviewed(c: Context): Judgement {
  if (!c.system.live) return notApplicable(say('not-live', { system: rec(c.system.record) }));
  const cases = useCases(c);
  if (cases.length === 0) return notApplicable(say('uc-none'));
  return inInterval(c, cases, {
    interval: 'use_case_review',
    last: (record) => lastReview(c, record),
    next: (record) => nextLookDay(record, approvedOf(c, record), 'reviewedOn'),
    over: (late) => say('uc5-over', listed(late)),
    action: (record) => edit(label`Record the review of ${record}`, record, 'reviewedOn'),
  });
}

/** A use never reviewed counts from its approval, else from when it went into use. */
function lastReview(c: Context, record: TraceRecord): string {
  const standing = approvedOf(c, record);
  const known = [dayOf(record, 'reviewedOn'), standing && c.organisation.zone.dayOf(standing.at)];
  return latest(known) ?? dayOf(record, 'liveSince') ?? createdOn(c, record);
}

function usedAsInstructed(c: Context): Judgement {
  const cases = useCases(c);
  if (cases.length === 0) return notApplicable(say('uc-none'));
  const wrong = (record: TraceRecord) =>
    textOf(record, 'instructionsFollowed') !== 'yes' || !says(record, 'instructionMeasures');
  return every(cases, wrong, {
    say: (open) => say('uc6-none', listed(open)),
    since: (record) => missingSince(c, record),
    action: (record) => edit(label`Record the use of ${record}`, record, 'instructionsFollowed'),
  });
}
