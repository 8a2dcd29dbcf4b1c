import { frameworks } from '@throughline/domain/crosswalk/frameworks.ts';
import { itemStates } from '@throughline/domain/crosswalk/progress.ts';
import { carriedStates } from '@throughline/domain/crosswalk/standings.ts';
import type {
  CrosswalkWire,
  FrameworkCoverageWire,
  FrameworkStandingsWire,
  GapProgressWire,
  OverlapsWire,
  SystemStandingsWire,
} from '@throughline/domain/wire-crosswalk.ts';
import { z } from 'zod';
import { ability, ref } from './common.ts';

/** Shapes of answers on crosswalk and coverage, for the contract alone; see common.ts. */
const text = z.string();
const maybe = z.string().nullable();
const framework = z.enum(frameworks);
const target = z.enum([...frameworks, 'own']);

export const crosswalk = z
  .strictObject({
    rule: text,
    warnings: z.array(text),
    frameworks: z.array(z.strictObject({ id: framework, name: text })),
    sources: z.array(z.strictObject({ id: text, title: text })),
    rows: z.array(
      z.strictObject({
        own: ref.nullable(),
        ...{
          id: text,
          framework: target,
          fromFramework: target,
          from: text,
          fromTitle: maybe,
          to: text,
          toTitle: maybe,
        },
        ...{ relation: text, means: text, confidence: text, basis: z.array(text), note: maybe },
        says: maybe,
        evidence: z.int(),
      }),
    ),
    abilities: z.strictObject({ write: ability }),
  })
  .meta({ id: 'Crosswalk' }) satisfies z.ZodType<CrosswalkWire>;

const controlCount = z.strictObject({
  ...{ item: text, at: z.enum(['organisation', 'system']) },
  ...{ inPlace: z.int(), partly: z.int(), planned: z.int(), organisation: z.int(), evidence: z.int() },
});

export const frameworkCoverage = z
  .strictObject({
    ...{ framework, name: text, systems: z.int() },
    rows: z.array(
      z.strictObject({
        ...{ item: text, title: maybe, least: z.int().nullable(), evidence: z.int() },
        through: z.array(
          z.strictObject({
            ...{ control: text, relation: maybe, confidence: maybe },
            count: controlCount.nullable(),
            excluded: z.strictObject({ line: text, because: text }).nullable(),
          }),
        ),
        duties: z
          .strictObject({ records: z.int(), systems: z.int(), met: z.int(), unowned: z.int() })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'FrameworkCoverage' }) satisfies z.ZodType<FrameworkCoverageWire>;

const carriedCounts = { carried: z.int(), unproven: z.int(), missing: z.int(), 'not-asked': z.int() };

export const frameworkStandings = z
  .strictObject({
    ...{ framework, name: text, systems: z.int() },
    items: z.array(
      z.strictObject({
        ...{ item: text, title: maybe, controls: z.array(text) },
        counts: z.strictObject(carriedCounts).nullable(),
      }),
    ),
  })
  .meta({ id: 'FrameworkStandings' }) satisfies z.ZodType<FrameworkStandingsWire>;

export const systemStandings = z
  .strictObject({
    ...{ total: z.int(), next: z.int().nullable() },
    items: z.array(
      z.strictObject({
        system: z.strictObject({ id: text, ref: text, title: text }),
        controls: z.array(z.strictObject({ control: text, stands: z.enum(carriedStates) })),
        frameworks: z.array(z.strictObject({ framework, ...carriedCounts })),
      }),
    ),
  })
  .meta({ id: 'SystemStandings' }) satisfies z.ZodType<SystemStandingsWire>;

export const overlaps = z
  .strictObject({
    groups: z.array(
      z.strictObject({
        open: z.enum(['none', 'several']).nullable(),
        primary: ref.nullable(),
        members: z.array(z.strictObject({ record: ref, source: text, owner: maybe, refersTo: maybe })),
        grounds: z.array(
          z.strictObject({
            type: z.enum(['item', 'crosswalk', 'control']),
            confidence: maybe,
            between: z.tuple([text, text]),
            by: text,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Overlaps' }) satisfies z.ZodType<OverlapsWire>;

const standing = z
  .strictObject({
    item: text,
    state: z.enum(itemStates),
    done: z.int(),
    of: z.int(),
    because: text.exactOptional(),
  })
  .nullable();

export const gapProgress = z
  .strictObject({
    ...{ analysis: ref, version: z.int(), measures: text, baselineOn: maybe, baselineAt: z.int().nullable() },
    counts: z.strictObject({
      ...{ targets: z.int(), reached: z.int(), over: z.int(), unplanned: z.int() },
      ...{ forward: z.int(), back: z.int() },
    }),
    items: z.array(
      z.strictObject({
        ...{ item: text, title: maybe, before: standing, now: standing },
        stands: z.enum(['reached', 'over', 'unplanned', 'open']).nullable(),
        moved: z.enum(['forward', 'back', 'same']).nullable(),
        target: z.strictObject({ state: text, due: maybe, owner: maybe }).nullable(),
        tasks: z.array(z.strictObject({ record: ref, owner: maybe, due: maybe, done: z.boolean() })),
      }),
    ),
  })
  .meta({ id: 'GapProgress' }) satisfies z.ZodType<GapProgressWire>;
