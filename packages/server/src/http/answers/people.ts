import { authorityLevels } from '@throughline/catalogue/vocabulary.ts';
import { factorDemands } from '@throughline/domain/second-factor.ts';
import type {
  AuthorityWire,
  OrganisationWire,
  ResetStateWire,
  ResetWire,
  SamePersonWire,
  SetupWire,
  TokensWire,
  TokenWire,
  UnitsWire,
} from '@throughline/domain/wire-pages.ts';
import { dueRules } from '@throughline/domain/working-calendar.ts';
import { z } from 'zod';
import { ability, day, id, member, moment, role, tokenScope } from './common.ts';

export const setup = z
  .strictObject({
    needed: z.boolean(),
    allowed: z.boolean(),
    link: z.enum(['usable', 'used', 'expired', 'unknown']).nullable(),
    mail: z.boolean(),
  })
  .meta({ id: 'Setup' }) satisfies z.ZodType<SetupWire>;

export const invitation = z
  .strictObject({
    link: z.enum(['usable', 'used', 'expired', 'unknown']),
    organisation: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    yours: z.boolean(),
    byMail: z.boolean(),
  })
  .meta({ id: 'Invitation' });

export const invited = z
  .strictObject({
    member: id,
    link: z.string().nullable(),
    until: moment.nullable(),
    mailed: z.boolean(),
    waits: id.exactOptional(),
  })
  .meta({ id: 'Invited' });

/** `waits`: the proposal to give it the roles that take two hands. */
export const madeAccount = member.extend({ waits: id.exactOptional() }).meta({ id: 'MadeAccount' });

export const reset = z
  .strictObject({ member: id, link: z.string().nullable(), until: moment.nullable(), mailed: z.boolean() })
  .meta({ id: 'Reset' }) satisfies z.ZodType<ResetWire>;

export const resetState = z
  .strictObject({
    link: z.enum(['usable', 'used', 'expired', 'unknown']),
    organisation: z.string().nullable(),
    email: z.string().nullable(),
    secondFactor: z.boolean(),
  })
  .meta({ id: 'ResetState' }) satisfies z.ZodType<ResetStateWire>;

export const resetAsked = z.strictObject({ mailed: z.literal(true) }).meta({ id: 'ResetAsked' });

export const token = z
  .strictObject({
    id,
    name: z.string(),
    roles: z.array(role),
    scope: tokenScope,
    service: z.strictObject({ id, name: z.string() }).nullable(),
    madeBy: z.array(z.strictObject({ id, name: z.string() })),
    createdAt: moment,
    expiresAt: moment.nullable(),
    usedAt: moment.nullable(),
    rotatedAt: moment.nullable(),
    previousUntil: moment.nullable(),
    revokedAt: moment.nullable(),
    abilities: z.strictObject({ rotate: ability, end: ability }),
  })
  .meta({ id: 'Token' }) satisfies z.ZodType<TokenWire>;

export const tokens = z
  .strictObject({ items: z.array(token), abilities: z.strictObject({ make: ability }) })
  .meta({ id: 'Tokens' }) satisfies z.ZodType<TokensWire>;

export const newToken = z.strictObject({ token, secret: z.string().nullable() }).meta({ id: 'NewToken' });

export const stepUp = z.strictObject({ minutes: z.int(), everyone: z.boolean() });

export const organisation = z
  .strictObject({
    id,
    name: z.string(),
    slug: z.string().nullable(),
    timeZone: z.string(),
    intervals: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        advised: z.string(),
        months: z.int().nullable(),
      }),
    ),
    logPublic: z.boolean(),
    tokenMaxDays: z.int(),
    stepUp,
    calendar: z.strictObject({
      workingDays: z.array(z.int()),
      holidays: z.array(z.strictObject({ day, name: z.string() })),
      due: z.enum(dueRules),
    }),
    retention: z.strictObject({
      sessions: z.int().nullable(),
      jobs: z.int().nullable(),
      importCells: z.int().nullable(),
    }),
    secondFactor: z.strictObject({
      of: z.enum(factorDemands),
      days: z.int(),
      since: moment.nullable(),
    }),
    structure: z.strictObject({
      state: z.string(),
      units: z.array(
        z.strictObject({
          ...{ id, name: z.string(), parent: id.nullable(), entity: id.nullable(), endsOn: day.nullable() },
        }),
      ),
      sites: z.array(
        z.strictObject({
          ...{ id, name: z.string(), country: z.string(), unit: id.nullable(), entity: id.nullable() },
        }),
      ),
      entities: z.array(
        z.strictObject({ id, name: z.string(), country: z.string(), registerId: z.string().nullable() }),
      ),
    }),
    financialYear: z.int().nullable(),
    abilities: z.strictObject({ edit: ability, secure: ability }),
  })
  .meta({ id: 'Organisation' }) satisfies z.ZodType<OrganisationWire>;

export const units = z
  .strictObject({
    items: z.array(
      z.strictObject({
        name: z.string(),
        codes: z.array(z.string()),
        systems: z.int(),
        below: z.array(z.string()),
        systemsWithin: z.int(),
        registered: z.boolean(),
        endsOn: day.nullable(),
        subUnits: z.array(z.strictObject({ name: z.string(), systems: z.int() })),
      }),
    ),
    without: z.int(),
  })
  .meta({ id: 'Units' }) satisfies z.ZodType<UnitsWire>;

const person = z.strictObject({ member: id, name: z.string() });
export const samePerson = z
  .strictObject({ id, members: z.array(person), at: moment, abilities: z.strictObject({ end: ability }) })
  .meta({ id: 'SamePerson' }) satisfies z.ZodType<SamePersonWire>;
const named = z.array(z.strictObject({ id: z.string(), name: z.string() }));
export const authority = z
  .strictObject({
    levels: named,
    dimensions: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        decidedBy: z
          .enum(['roles', 'nobody', 'table'])
          .describe('Roles alone, as no line ever spoke of it; nobody, as its lines are over; or its lines.'),
      }),
    ),
    grants: z.array(
      z.strictObject({
        level: z.string(),
        dimension: z.string(),
        holder: z.union([z.strictObject({ role }), person]),
        delegate: person.nullable(),
        until: day.nullable(),
      }),
    ),
    usual: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        duty: z.string(),
        role: role.nullable(),
        limits: z.array(z.strictObject({ dimension: z.string(), level: z.enum(authorityLevels) })),
      }),
    ),
    abilities: z.strictObject({ edit: ability }),
  })
  .meta({ id: 'Authority' }) satisfies z.ZodType<AuthorityWire>;
