import { z } from 'zod';
import { day, id, ids } from './common.ts';

/**
 * A condition over the facts, outcomes and named conditions of eu-ai-act.yaml, true, false or unknown
 * (eu-ai-act.yaml > semantics > expressions says what each operator means).
 */
export type Expression =
  | { is: string }
  | { is_false: string }
  | { has: [fact: string, value: string] }
  | { any_of: [fact: string, values: string[]] }
  | { any_except: [fact: string, values: string[]] }
  | { nonempty: string }
  | { any_of_enum: [fact: string, values: string[]] }
  | { gt: [fact: string, number: number] }
  | { on_or_after: [fact: string, date: string] }
  | { before: [fact: string, date: string] }
  | { outcome: string }
  | { cond: string }
  | { always: true }
  | { never: true }
  | { all: Expression[] }
  | { any: Expression[] }
  | { not: Expression };

const children = z.array(z.lazy(() => expression)).min(1);

export const expression: z.ZodType<Expression> = z.union([
  z.strictObject({ is: id }),
  z.strictObject({ is_false: id }),
  z.strictObject({ has: z.tuple([id, id]) }),
  z.strictObject({ any_of: z.tuple([id, ids]) }),
  z.strictObject({ any_except: z.tuple([id, ids]) }),
  z.strictObject({ nonempty: id }),
  z.strictObject({ any_of_enum: z.tuple([id, ids]) }),
  z.strictObject({ gt: z.tuple([id, z.number()]) }),
  z.strictObject({ on_or_after: z.tuple([id, day]) }),
  z.strictObject({ before: z.tuple([id, day]) }),
  z.strictObject({ outcome: id }),
  z.strictObject({ cond: id }),
  z.strictObject({ always: z.literal(true) }),
  z.strictObject({ never: z.literal(true) }),
  z.strictObject({ all: children }),
  z.strictObject({ any: children }),
  z.strictObject({ not: z.lazy(() => expression) }),
]);
