import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Json } from '@throughline/domain/json.ts';
import { roles } from '@throughline/domain/permissions.ts';
import { z } from 'zod';

const folder = resolve(import.meta.dirname, '../../../demo');

const values: z.ZodType<Readonly<Record<string, Json>>> = z.record(z.string(), z.json());
const links = z.record(z.string(), z.array(z.string()));

/** A record as the folder declares it. Words in braces and values that begin with @ are filled in by the plan. */
const record = z.strictObject({
  key: z.string(),
  kind: z.string(),
  state: z.string().optional(),
  fields: values,
  links: links.default({}),
  /** What comes in a later change than the record, at the step `afterwards`: results after their thresholds. */
  afterwards: values.optional(),
  /** What is done to it afterwards, in order: `do:step`, `do:step:person`, `approve:person`, `submit`, `afterwards`, `criteria`; a dash waits. */
  steps: z.array(z.string()).default([]),
});
const file = z.strictObject({ name: z.string(), media: z.string(), text: z.string() });
const files = z.record(z.string(), file).default({});
const edit = z.strictObject({ edit: z.string(), because: z.string(), fields: values.prefault({}) });

const pattern = z.strictObject({ files, records: z.array(record) });
const system = z.strictObject({
  key: z.string(),
  patterns: z.array(z.string()),
  system: z.strictObject({ state: z.string(), fields: values }),
  words: z.record(z.string(), z.string()),
  /** Records of the patterns that this system lacks, and what differs in others. */
  without: z.array(z.string()).default([]),
  change: z
    .record(
      z.string(),
      z.strictObject({
        fields: values.prefault({}),
        links: links.default({}),
        steps: z.array(z.string()).optional(),
      }),
    )
    .default({}),
  records: z.array(record).default([]),
  later: z.array(edit).default([]),
});
const organisation = z.strictObject({
  people: z.array(z.strictObject({ key: z.string(), name: z.string(), roles: z.array(z.enum(roles)) })),
  authority: z.array(z.strictObject({ dimension: z.string(), level: z.string(), member: z.string() })),
  judgements: z.array(
    z.strictObject({
      item: z.string(),
      record: z.string().nullable(),
      by: z.string(),
      answer: z.enum(['yes', 'no']),
    }),
  ),
  files,
  records: z.array(record),
});
const statement = z.strictObject({
  /** Controls put in place on each system; the others once for the organisation. */
  atSystem: z.array(z.string()),
  excluded: z.record(z.string(), z.string()),
  /** Why a control is included, where it is more than good practice. */
  reasons: z.record(z.string(), z.array(z.string())),
  /** Controls of the organisation that somebody else has tested. */
  tested: z.array(z.string()),
  why: z.record(z.string(), z.string()),
  /** Why a treatment plan does not call for the controls of an area (`A.7`). */
  beside: z.record(z.string(), z.string()),
});

export type SourceRecord = z.output<typeof record>;
export type SourceFile = z.output<typeof file>;
export type SourceEdit = z.output<typeof edit>;
export type SourceSystem = z.output<typeof system>;
export type SourcePattern = z.output<typeof pattern>;

/** The demo organisation as the folder `demo` declares it. */
export type DemoSource = {
  readonly organisation: z.output<typeof organisation>;
  readonly statement: z.output<typeof statement>;
  readonly patterns: Readonly<Record<string, SourcePattern>>;
  readonly systems: readonly SourceSystem[];
  readonly assurance: SourcePattern;
};

/** Reads the folder. Throws on anything that it does not understand: the folder ships with the program. */
export function readDemoSource(): DemoSource {
  const read = <T extends z.ZodType>(shape: T, name: string): z.output<T> =>
    shape.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return {
    organisation: read(organisation, 'organisation.json'),
    statement: read(statement, 'statement.json'),
    patterns: read(z.record(z.string(), pattern), 'patterns.json'),
    systems: readdirSync(join(folder, 'systems'))
      .sort()
      .map((name) => read(system, join('systems', name))),
    assurance: read(pattern, 'assurance.json'),
  };
}
