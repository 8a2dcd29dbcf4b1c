import { proofMethods, resetKinds } from '@throughline/domain/factors.ts';
import type {
  AccountWire,
  AddedFactorWire,
  FactorWire,
  MemberSessionWire,
  NewPasskeyWire,
  NewTotpWire,
  OwnResetWire,
  OwnSessionWire,
  StepWire,
} from '@throughline/domain/wire-account.ts';
import { z } from 'zod';
import { free, id, moment, outside } from './common.ts';
import { stepUp } from './people.ts';

const methods = z.array(z.enum(proofMethods));
const begun = { step: z.string(), until: moment };

export const step = z
  .strictObject({ ...begun, methods, passkey: free.nullable() })
  .meta({ id: 'Step' }) satisfies z.ZodType<StepWire>;

const factor = z
  .strictObject({
    id,
    kind: z.enum(['totp', 'passkey']),
    name: z.string(),
    addedAt: moment,
    usedAt: moment.nullable(),
    here: z.boolean(),
  })
  .meta({ id: 'Factor' }) satisfies z.ZodType<FactorWire>;

const session = z
  .strictObject({
    id,
    organisation: z.strictObject({ id, name: z.string() }),
    current: z.boolean(),
    startedAt: moment,
    seenAt: moment,
    endsAt: moment,
    methods,
    agent: z.string().nullable(),
    host: z.string().nullable(),
  })
  .meta({ id: 'OwnSession' }) satisfies z.ZodType<OwnSessionWire>;

export const memberSession = z
  .strictObject({
    id,
    startedAt: moment,
    seenAt: moment,
    agent: z.string().nullable(),
  })
  .meta({ id: 'MemberSession' }) satisfies z.ZodType<MemberSessionWire>;

const ownReset = z
  .strictObject({
    kind: z.enum(resetKinds),
    at: moment,
    organisation: z.strictObject({ id, name: z.string() }),
    by: z.string().nullable(),
    reason: z.string().nullable(),
    usedAt: moment.nullable(),
    open: z.boolean(),
  })
  .meta({ id: 'OwnReset' }) satisfies z.ZodType<OwnResetWire>;

export const account = z
  .strictObject({
    email: z.string(),
    own: z.boolean(),
    passwordSetAt: moment.nullable(),
    factors: z.array(factor),
    recoveryCodes: z.int().nullable(),
    passkeysAt: z.string().nullable(),
    stepUp,
    outside: z.array(outside),
    provider: z.string().nullable(),
    factorDue: moment.nullable(),
    resets: z.array(ownReset),
    sessions: z.array(session),
  })
  .meta({ id: 'Account' }) satisfies z.ZodType<AccountWire>;

export const newTotp = z
  .strictObject({ ...begun, secret: z.string(), uri: z.string() })
  .meta({ id: 'NewTotp' }) satisfies z.ZodType<NewTotpWire>;

export const newPasskey = z
  .strictObject({ ...begun, options: free })
  .meta({ id: 'NewPasskey' }) satisfies z.ZodType<NewPasskeyWire>;

export const addedFactor = z
  .strictObject({ factor, recoveryCodes: z.array(z.string()).nullable() })
  .meta({ id: 'AddedFactor' }) satisfies z.ZodType<AddedFactorWire>;

export const recoveryCodes = z.strictObject({ codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
