import type { FallWire, WithdrawalWire } from '@throughline/domain/wire-withdrawal.ts';
import { z } from 'zod';
import { ref } from './common.ts';
import { sentence, verdict } from './line.ts';

const fall = z.strictObject({
  id: z.string(),
  name: z.string(),
  before: verdict,
  after: verdict,
  gaps: z.array(sentence),
}) satisfies z.ZodType<FallWire>;

export const withdrawal = z
  .strictObject({
    version: z.int(),
    systems: z.array(z.strictObject({ system: ref, falls: z.array(fall) })),
    fallen: z.int(),
    looked: z.int(),
    of: z.int(),
    organisation: z.array(fall),
  })
  .meta({ id: 'Withdrawal' }) satisfies z.ZodType<WithdrawalWire>;
