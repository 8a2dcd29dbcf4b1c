import { approvalActs } from '@throughline/domain/approvals.ts';
import { erasureReasons } from '@throughline/domain/erasure.ts';
import type { Json } from '@throughline/domain/json.ts';
import { unseenWays } from '@throughline/domain/trace/unseen-findings.ts';
import type {
  AsOfWire,
  ChangeWire,
  CountWire,
  LineWire,
  RecordWire,
  RegisterWire,
  RowWire,
} from '@throughline/domain/wire.ts';
import type { ApprovalWire } from '@throughline/domain/wire-approval.ts';
import type {
  AroundWire,
  CommentWire,
  ComparisonWire,
  HistoryWire,
  RevisionWire,
} from '@throughline/domain/wire-around.ts';
import { z } from 'zod';
import {
  abilities,
  ability,
  actor,
  day,
  id,
  list,
  moment,
  namedMember,
  ref,
  unlimited,
  words,
} from './common.ts';
import { waived } from './duties.ts';
import { sentence } from './line.ts';

const json: z.ZodType<Json> = z.json();
const fields = z.record(z.string(), json);
const texts = z.array(z.string());
const status = z.enum(['none', 'submitted', 'approved', 'stale', 'rejected', 'withdrawn', 'void']);
const refs = z.array(ref);

export const line = z
  .strictObject({
    strip: z.string().nullable(),
    gaps: z.int(),
    holdsUntil: day.nullable(),
    stale: z.boolean(),
  })
  .meta({ id: 'Line' }) satisfies z.ZodType<LineWire>;

export const row = z
  .strictObject({
    ...ref.shape,
    version: z.int(),
    fields,
    links: z.record(z.string(), refs).exactOptional(),
    approval: status.exactOptional(),
    updatedAt: moment,
    line: line.exactOptional(),
  })
  .meta({ id: 'Row' }) satisfies z.ZodType<RowWire>;

const asOf = z
  .strictObject({ at: moment, index: z.int() })
  .meta({ id: 'AsOf' }) satisfies z.ZodType<AsOfWire>;

export const register = z
  .strictObject({
    items: z.array(row),
    next: z.string().exactOptional(),
    members: words,
    asOf: asOf.exactOptional(),
  })
  .meta({ id: 'Register' }) satisfies z.ZodType<RegisterWire>;

export const count = z
  .strictObject({
    total: z.strictObject({ count: z.int(), more: z.boolean() }),
    gapsByStation: z.array(z.int()).exactOptional(),
    asOf: asOf.exactOptional(),
  })
  .meta({ id: 'Count' }) satisfies z.ZodType<CountWire>;

const approval = z
  .strictObject({
    status,
    version: z.int().nullable(),
    inForce: z.int().nullable(),
    by: z.string().nullable(),
    at: moment.nullable(),
    reason: z.string().nullable(),
    stale: refs,
    unseen: z
      .array(
        z.strictObject({
          assessment: ref,
          number: z.int(),
          how: z.enum(unseenWays),
          at: moment,
        }),
      )
      .exactOptional(),
    moved: refs.exactOptional(),
    own: z.literal(true).exactOptional(),
    beyond: z.literal(true).exactOptional(),
    unlimited: unlimited.exactOptional(),
    acts: z.array(
      z.strictObject({
        act: z.enum(approvalActs),
        version: z.int(),
        digest: z.string(),
        by: z.string(),
        onBehalfOf: z.string().exactOptional(),
        at: moment,
        reason: z.string().nullable(),
        waived: waived.exactOptional(),
      }),
    ),
  })
  .meta({ id: 'Approval' }) satisfies z.ZodType<ApprovalWire>;

export const record = z
  .strictObject({
    ...ref.shape,
    version: z.int(),
    fields,
    links: z.record(z.string(), refs),
    inverse: z.array(
      z.strictObject({
        kind: z.string(),
        relation: z.string(),
        label: z.string(),
        count: z.int(),
        items: refs,
      }),
    ),
    marks: z.record(
      z.string(),
      z.strictObject({ approval: status.exactOptional(), gaps: z.int().exactOptional() }),
    ),
    home: ref.nullable(),
    approval: approval.nullable(),
    recusals: z
      .array(
        z.strictObject({ record: z.string(), member: z.string(), reason: z.string().nullable(), at: moment }),
      )
      .exactOptional(),
    line: line.exactOptional(),
    createdAt: moment,
    updatedAt: moment,
    updatedBy: actor,
    proof: z.strictObject({ digest: z.string(), entry: z.int().nullable() }),
    external: z.array(z.strictObject({ source: z.string(), key: z.string() })),
    broughtIn: z.strictObject({ file: z.string(), at: moment }).exactOptional(),
    foundBefore: z
      .strictObject({
        version: z.int(),
        word: z.string().nullable(),
        on: z.string().nullable(),
        counts: z.boolean(),
        because: z.string().nullable(),
        by: actor,
        at: moment,
      })
      .exactOptional(),
    stillBinds: z.string().exactOptional(),
    lack: z.strictObject({ says: z.string(), parts: z.array(z.string()) }).exactOptional(),
    held: z.strictObject({ part: z.string(), lift: ability }).exactOptional(),
    abilities,
    transitions: z.array(
      z.strictObject({
        name: z.string(),
        label: z.string(),
        to: z.string(),
        asks: texts.exactOptional(),
        ability,
      }),
    ),
    members: words,
    asOf: asOf.exactOptional(),
    erased: z.literal(true).exactOptional(),
  })
  .meta({ id: 'Record' }) satisfies z.ZodType<RecordWire>;

export const change = z
  .strictObject({ record, changed: texts, material: texts, voided: refs, stale: refs })
  .meta({ id: 'Change' }) satisfies z.ZodType<ChangeWire>;

export const revision = z
  .strictObject({
    version: z.int(),
    act: z.enum(['created', 'edited', 'moved', 'archived', 'restored', 'erased']),
    state: z.string(),
    by: actor,
    byName: z.string().nullable(),
    onBehalfOf: namedMember.exactOptional(),
    at: moment,
    because: z.string().nullable(),
    changed: texts,
    material: z.boolean(),
    digest: z.string(),
    entry: z.int().nullable(),
    fields: fields.exactOptional(),
    links: z.record(z.string(), texts).exactOptional(),
  })
  .meta({ id: 'Revision' }) satisfies z.ZodType<RevisionWire>;

const valueNames = { names: words, refs: z.record(z.string(), ref) };

export const history = list(revision)
  .extend({
    ...valueNames,
    erased: z
      .strictObject({
        by: actor,
        byName: z.string().nullable(),
        at: moment,
        reason: z.enum(erasureReasons).nullable(),
        entry: z.int().nullable(),
      })
      .exactOptional(),
  })
  .meta({ id: 'History' }) satisfies z.ZodType<HistoryWire>;

export const comparison = z
  .strictObject({ from: revision, to: revision, changed: texts, ...valueNames })
  .meta({ id: 'Comparison' }) satisfies z.ZodType<ComparisonWire>;

export const around = z
  .strictObject({
    items: z.array(
      z.strictObject({
        sentence,
        significant: z.boolean(),
        by: actor,
        byName: z.string().nullable(),
        at: moment,
      }),
    ),
    comments: z.int(),
  })
  .meta({ id: 'Around' }) satisfies z.ZodType<AroundWire>;

export const comment = z
  .strictObject({
    id,
    field: z.string().nullable(),
    text: z.string(),
    mentions: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    asksYou: z.boolean(),
    by: actor,
    byName: z.string().nullable(),
    at: moment,
    editedAt: moment.nullable(),
    removed: z.boolean(),
    yours: z.boolean(),
  })
  .meta({ id: 'Comment' }) satisfies z.ZodType<CommentWire>;

export const bulk = z
  .strictObject({
    applied: texts,
    unchanged: texts,
    refused: z.array(
      z.strictObject({
        id: z.string(),
        ref: z.string().exactOptional(),
        title: z.string().exactOptional(),
        reason: z.string(),
      }),
    ),
    voided: z.int(),
    stale: z.int(),
    job: z.strictObject({ id }).exactOptional(),
  })
  .meta({ id: 'Bulk' });

export const facets = list(
  z
    .strictObject({ value: z.string(), label: z.string(), count: z.int(), gaps: z.int().exactOptional() })
    .meta({ id: 'Facet' }),
);

export const found = z
  .strictObject({
    groups: z.array(z.strictObject({ kind: z.string(), items: refs })),
    total: z.strictObject({ count: z.int(), more: z.boolean() }),
  })
  .meta({ id: 'Found' });
