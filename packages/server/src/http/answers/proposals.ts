import { proposalEnds, proposalMatters } from '@throughline/domain/proposals.ts';
import { factorDemands } from '@throughline/domain/second-factor.ts';
import type { ConfirmedWire, ProposalWire, WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { z } from 'zod';
import { ability, day, id, moment, namedMember, role } from './common.ts';
import { stepUp } from './people.ts';

const grant = z.strictObject({
  level: z.string(),
  dimension: z.string(),
  holder: z.union([z.strictObject({ role }), namedMember]),
  delegate: namedMember.nullable(),
  until: day.nullable(),
});

const rights = z.strictObject({
  gains: z.array(role),
  loses: z.array(role),
  joins: z.array(namedMember),
  leaves: z.array(namedMember),
  access: z.enum(['begins', 'ends']).nullable(),
  until: day.nullable().exactOptional(),
  answers: namedMember.exactOptional(),
  ended: z.boolean(),
});

const factor = z.strictObject({ of: z.enum(factorDemands), days: z.int() });
const proof = z.strictObject({
  stepUp: z.strictObject({ from: stepUp, to: stepUp }).exactOptional(),
  secondFactor: z.strictObject({ from: factor, to: factor }).exactOptional(),
});

const proposedRules = z.strictObject({
  version: z.string(),
  inForce: z.string(),
  file: id.nullable(),
  looked: z.int(),
  changed: z.int(),
  cases: z.array(z.string()),
  comparison: id,
});

export const proposal = z
  .strictObject({
    id,
    matter: z.enum(proposalMatters),
    state: z.enum([...proposalEnds, 'waits', 'lapsed']),
    by: namedMember.nullable(),
    at: moment,
    reason: z.string().nullable(),
    about: namedMember.nullable(),
    group: z.strictObject({ id, name: z.string() }).nullable(),
    pair: z.array(namedMember),
    rights: rights.nullable(),
    proof: proof.nullable(),
    rules: proposedRules.nullable(),
    lastDay: day.nullable(),
    added: z.array(grant),
    removed: z.array(grant),
    confirmers: z.array(namedMember),
    ended: z.strictObject({ at: moment, by: namedMember, reason: z.string().nullable() }).exactOptional(),
    abilities: z.strictObject({ confirm: ability, end: z.boolean() }),
  })
  .meta({ id: 'Proposal' }) satisfies z.ZodType<ProposalWire>;

export const waits = z.strictObject({ waits: id }).meta({ id: 'Waits' }) satisfies z.ZodType<WaitsWire>;

export const confirmed = z
  .strictObject({
    matter: z.enum(proposalMatters),
    link: z.string().nullable(),
    until: moment.nullable(),
    mailed: z.boolean(),
  })
  .meta({ id: 'Confirmed' }) satisfies z.ZodType<ConfirmedWire>;
