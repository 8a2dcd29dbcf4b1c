import type { SentenceWire } from '@throughline/domain/wire.ts';
import type { CoverageWire, GapRowWire, TrendWire } from '@throughline/domain/wire-readiness.ts';
import { z } from 'zod';
import { ability, day, free, id, moment, namedMember, ref } from './common.ts';

/** Shapes of the line's answers, for the contract alone. */
export const verdict = z.enum(['holds', 'gap', 'accepted', 'unverifiable', 'not-applicable', 'not-started']);
export const source = z.enum(['standard', 'law', 'contract', 'house', 'advice']);

export const sentence = z
  .array(
    z.union([
      z.string(),
      z.strictObject({ ref }),
      z.strictObject({ day: z.string() }),
      z.strictObject({ member: id, name: z.string() }),
    ]),
  )
  .meta({
    id: 'Sentence',
    description: 'A sentence in parts: text, records, days and people.',
  }) satisfies z.ZodType<SentenceWire>;

export const action = z
  .strictObject({
    label: z.string(),
    do: z.union([
      z.strictObject({
        type: z.literal('open'),
        ref: z.string(),
        part: z.string().exactOptional(),
        tab: z.literal('comments').exactOptional(),
      }),
      z.strictObject({
        type: z.literal('create'),
        kind: z.string(),
        fields: free,
        links: z.record(z.string(), z.array(ref)),
      }),
      z.strictObject({ type: z.literal('edit'), ref: z.string(), part: z.string() }),
      z.strictObject({ type: z.literal('step'), ref: z.string(), transition: z.string() }),
      z.strictObject({ type: z.literal('approve'), ref: z.string() }),
      z.strictObject({ type: z.literal('validate'), ref: z.string() }),
    ]),
    ability,
  })
  .meta({ id: 'Action' });

const served = z.strictObject({ id: z.string(), title: z.string() });

export const gap = z
  .strictObject({
    rule: z.string(),
    ruleText: z.string(),
    source,
    weight: z.enum(['major', 'minor', 'opportunity']),
    sentence,
    records: z.array(ref),
    since: day.nullable(),
    causedBy: z
      .union([z.strictObject({ station: z.string() }), z.strictObject({ organisation: z.string() })])
      .nullable(),
    refs: z.array(served),
    action: action.nullable(),
    task: ref.extend({ assignee: z.string().nullable(), due: z.string().nullable() }).nullable(),
    accepted: z.strictObject({ by: z.string(), until: day.nullable() }).exactOptional(),
  })
  .meta({ id: 'Gap' });

const unjudged = z.strictObject({ rule: z.string(), ruleText: z.string(), why: z.string() });

export const station = z
  .strictObject({
    id: z.string(),
    order: z.int(),
    name: z.string(),
    question: z.string(),
    verdict,
    statement: sentence,
    holdsUntil: day.nullable(),
    soon: z.boolean(),
    gaps: z.array(gap),
    unverifiable: z.array(unjudged),
    sealed: z.strictObject({ gaps: z.array(gap), unverifiable: z.array(unjudged) }).exactOptional(),
    records: z.array(z.strictObject({ ...ref.shape, note: z.string(), verdict: verdict.nullable() })),
    recordCount: z.int(),
    serves: z.array(served),
  })
  .meta({ id: 'Station' });

export const trace = z
  .strictObject({
    system: z.strictObject({ ...ref.shape, owner: z.string().nullable() }),
    asOf: z.strictObject({ at: moment, index: z.int() }),
    summary: z.strictObject({
      gaps: z.int(),
      holds: z.int(),
      applies: z.int(),
      notStarted: z.int(),
      holdsUntil: day.nullable(),
      next: z.strictObject({ station: z.string(), day }).nullable(),
    }),
    strip: z.string(),
    stations: z.array(station),
  })
  .meta({ id: 'Trace' });

const check = z.strictObject({ state: z.enum(['yes', 'no', 'not-yet-judged']), why: z.string() });
const mandatoryItem = z.strictObject({
  id: z.string(),
  title: z.string(),
  clause: z.string(),
  nature: z.enum(['document', 'record']),
  record: ref.nullable(),
  version: z.int().nullable(),
  owner: z.strictObject({ id, name: z.string() }).nullable(),
  approvedOn: day.nullable(),
  approval: z
    .strictObject({ by: namedMember, onBehalfOf: namedMember.exactOptional(), waived: z.boolean() })
    .nullable(),
  due: day.nullable(),
  exists: check,
  approved: check,
  current: check,
  holds: check.nullable(),
  ownerCanSpeak: check,
  passes: z.boolean(),
  action: action.nullable(),
});

export const readiness = z
  .strictObject({
    asOf: moment,
    stale: z.strictObject({ count: z.int(), of: z.int() }),
    systems: z.strictObject({
      total: z.int(),
      running: z.int(),
      withGaps: z.int(),
      runningWithGaps: z.int(),
      demo: z.int(),
    }),
    stations: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        holds: z.int(),
        gap: z.int(),
        accepted: z.int(),
        unverifiable: z.int(),
        notStarted: z.int(),
        notApplicable: z.int(),
      }),
    ),
    organisation: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        question: z.string(),
        rule: z.string(),
        type: z.enum(['clause', 'control']),
        verdict,
        statement: sentence,
        gaps: z.array(gap),
      }),
    ),
    mandatory: z.array(mandatoryItem),
    supporting: z.array(mandatoryItem),
  })
  .meta({ id: 'Readiness' });

export const coverage = z
  .strictObject({
    by: z.string(),
    of: z.int().nullable(),
    rows: z.array(
      z.strictObject({
        key: z.string(),
        label: z.string(),
        systems: z.int(),
        gaps: z.int(),
        organisationGaps: z.int(),
        systemsWithGaps: z.int(),
        below: z.array(z.string()).exactOptional(),
      }),
    ),
  })
  .meta({ id: 'Coverage' }) satisfies z.ZodType<CoverageWire>;

export const gapRow = z
  .strictObject({
    system: ref.nullable(),
    station: z.string(),
    rule: z.string(),
    ruleText: z.string(),
    source,
    weight: z.string(),
    since: day.nullable(),
    owner: z.string().nullable(),
  })
  .meta({ id: 'GapRow' }) satisfies z.ZodType<GapRowWire>;

export const trend = z
  .strictObject({
    days: z.array(
      z.strictObject({
        day,
        systems: z.int(),
        withGaps: z.int(),
        gaps: z.int(),
        holds: z.int(),
        accepted: z.int(),
        unverifiable: z.int(),
        notStarted: z.int(),
      }),
    ),
  })
  .meta({ id: 'Trend' }) satisfies z.ZodType<TrendWire>;
