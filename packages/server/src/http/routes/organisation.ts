import { stepUpMinutes } from '@throughline/domain/factors.ts';
import { mostParts } from '@throughline/domain/organisation-structure.ts';
import { leastDays, mostRetentionDays, type Retained } from '@throughline/domain/retention.ts';
import { factorDemands, graceDays } from '@throughline/domain/second-factor.ts';
import { tokenDaysRange } from '@throughline/domain/token-life.ts';
import type { OrganisationWire } from '@throughline/domain/wire-pages.ts';
import { dueRules, mostHolidays } from '@throughline/domain/working-calendar.ts';
import { z } from 'zod';
import {
  editOrganisation,
  monthsOf,
  readOrganisation,
  stateOf,
} from '../../features/organisation/organisation.ts';
import { readUnits } from '../../features/organisation/units.ts';
import * as people from '../answers/people.ts';
import * as proposals from '../answers/proposals.ts';
import type { Caller } from '../caller.ts';
import { administersNamed, handsOn } from '../present/ability.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { dateShape, idShape, lineShape, whyShape } from '../shapes.ts';

const tag = 'Organisation';
const daysShape = (what: Retained) =>
  z.int().min(leastDays[what]).max(mostRetentionDays).nullable().optional();

const part = { id: idShape, name: lineShape(200) };
const country = z.string().length(2);
const structureShape = z.strictObject({
  state: z.string().max(64),
  units: z
    .array(
      z.strictObject({
        ...{ ...part, parent: idShape.nullable(), entity: idShape.nullable(), endsOn: dateShape.nullable() },
      }),
    )
    .max(mostParts.units),
  sites: z
    .array(z.strictObject({ ...part, country, unit: idShape.nullable(), entity: idShape.nullable() }))
    .max(mostParts.sites),
  entities: z
    .array(z.strictObject({ ...part, country, registerId: lineShape(100).nullable() }))
    .max(mostParts.entities),
});

export function organisationRoutes(services: HttpServices): Route[] {
  const answers = { 200: { description: 'The organisation.', shape: people.organisation } };
  return [
    route({
      method: 'GET',
      path: '/organisation',
      tag,
      summary: 'Name, time zone, adopted rhythms and who reads the log',
      access: 'signed-in',
      answers,
      handle: async (call) => ok(await presented(services, call.caller)),
    }),
    route({
      method: 'GET',
      path: '/organisation/units',
      tag,
      summary: 'Units and sub-units as systems name them, with how many do',
      access: 'signed-in',
      answers: { 200: { description: 'The units.', shape: people.units } },
      handle: async ({ caller }) => ok(await readUnits(services, caller)),
    }),
    route({
      method: 'PATCH',
      path: '/organisation',
      tag,
      summary: 'Changes name, time zone, adopted rhythms and who reads the log',
      access: 'settings',
      body: z.strictObject({
        name: lineShape(200).optional(),
        timeZone: lineShape(60).optional(),
        intervals: z.record(z.string(), z.int().min(1).max(120).nullable()).optional(),
        logPublic: z.boolean().optional(),
        tokenMaxDays: z.int().min(tokenDaysRange.least).max(tokenDaysRange.most).optional(),
        stepUp: z
          .strictObject({
            minutes: z.int().min(stepUpMinutes.least).max(stepUpMinutes.most),
            everyone: z.boolean(),
          })
          .optional(),
        calendar: z
          .strictObject({
            workingDays: z.array(z.int().min(1).max(7)).min(1).max(7),
            holidays: z.array(z.strictObject({ day: dateShape, name: lineShape(100) })).max(mostHolidays),
            due: z.enum(dueRules),
          })
          .optional(),
        retention: z
          .strictObject({
            sessions: daysShape('sessions'),
            jobs: daysShape('jobs'),
            importCells: daysShape('importCells'),
          })
          .optional(),
        secondFactor: z
          .strictObject({
            of: z.enum(factorDemands),
            days: z.int().min(graceDays.least).max(graceDays.most),
          })
          .optional(),
        structure: structureShape.optional(),
        financialYear: z.int().min(1).max(12).nullable().optional(),
        reason: whyShape,
      }),
      answers: { ...answers, 202: { description: 'It waits for another person.', shape: proposals.waits } },
      handle: async (call) => {
        const { reason, ...patch } = call.body;
        const { waits } = await editOrganisation(services, call.change(), patch, { reason });
        if (waits !== null) return { status: 202, body: { waits } };
        return ok(await presented(services, call.caller));
      },
    }),
  ];
}

async function presented(services: HttpServices, caller: Caller): Promise<OrganisationWire> {
  const settings = await readOrganisation(services, caller);
  const { of, days, since } = settings.secondFactor;
  return {
    id: caller.organisation,
    name: settings.name,
    slug: settings.slug,
    timeZone: settings.timeZone,
    intervals: services.catalogue.model.calendar.entries.map((entry) => ({
      id: entry.id,
      name: entry.name,
      advised: entry.every,
      months: monthsOf(settings.intervals[entry.id]),
    })),
    logPublic: settings.logPublic,
    tokenMaxDays: settings.tokenMaxDays,
    stepUp: settings.stepUp,
    calendar: settings.calendar,
    retention: settings.retention,
    secondFactor: { of, days, since },
    structure: { ...settings.structure, state: stateOf(settings) },
    financialYear: settings.financialYear,
    abilities: {
      edit: await administersNamed(services, caller, 'settings'),
      secure: await administersNamed(services, caller, 'settings', handsOn),
    },
  };
}
