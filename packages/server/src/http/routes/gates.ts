import { gateTypes } from '@throughline/domain/gates/stages.ts';
import { z } from 'zod';
import { readExceptions } from '../../features/gates/read-exceptions.ts';
import { type LineSource, readGate, readSystemGates } from '../../features/gates/read-gate.ts';
import { answerCriteria, takeCriteria } from '../../features/gates/write-gate.ts';
import { FactsCache, readInputs } from '../../features/line/facts.ts';
import type { RefRow } from '../../store/records.ts';
import { gateExceptions, gateSheet, systemGates } from '../answers/gates.ts';
import { exceptionsWire, gateSheetWire, namedInCriteria, systemGatesWire } from '../present/gates.ts';
import { refWire } from '../present/ref.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape, textShape } from '../shapes.ts';
import { because } from './record-tools.ts';

const tag = 'Gates';
const ofRef = z.strictObject({ ref: lineShape(60) });
const words = textShape(400).nullable().optional();
const answer = z.strictObject({
  /** Empty for a row that people wrote into the gate themselves. */
  key: textShape(60),
  criterion: textShape(400),
  answer: z.enum(['met', 'not-met', 'not-applicable']).nullable(),
  checked: words,
  answerToMiss: words,
  missOwner: textShape(60).nullable().optional(),
  missBy: textShape(20).nullable().optional(),
});

/** Gates as they are answered: what the line says of each criterion, and what people say where no record can (A.6.2.5). */
export function gateRoutes(services: HttpServices): Route[] {
  const { registry, catalogue } = services;
  const cache = FactsCache.of(services);
  const source: LineSource = async (reader, some) => {
    const { organisation, systems } = await readInputs(reader, cache, some);
    return { facts: organisation.facts, systems };
  };
  type Caller = Parameters<typeof readGate>[2];
  type Named = { readonly refs: ReadonlyMap<string, RefRow>; readonly names: ReadonlyMap<string, string> };
  const namesOf = ({ actor }: Pick<Caller, 'actor'>, { refs, names }: Named) => ({
    registry,
    catalogue,
    actor,
    refs: new Map([...refs].map(([id, row]) => [id, refWire(registry, row)])),
    members: names,
  });
  const shown = async (caller: Caller) => {
    const sheet = await readGate(services, source, caller, namedInCriteria);
    return { ...ok(gateSheetWire(namesOf(caller, sheet), sheet)), version: sheet.record.version };
  };
  return [
    route({
      method: 'GET',
      path: '/gates/exceptions',
      tag,
      summary:
        'Releases by emergency or admitted afterwards: reason, who let them through, until when and whether they stand, fallen and overdue first',
      access: 'signed-in',
      answers: { 200: { description: 'The exceptions.', shape: gateExceptions } },
      handle: async ({ caller }) =>
        ok(exceptionsWire(registry, await readExceptions(services, source, caller))),
    }),
    route({
      method: 'GET',
      path: '/gates/:ref/criteria',
      tag,
      summary: 'What a gate asks, what the records say of it now, and how people answered',
      access: 'signed-in',
      params: ofRef,
      answers: { 200: { description: 'The criteria.', shape: gateSheet } },
      handle: ({ caller, params }) => shown({ ...caller, ref: params.ref }),
    }),
    route({
      method: 'PUT',
      path: '/gates/:ref/criteria',
      tag,
      summary: 'Takes the criteria from the line as it says now; answers to what turned since fall',
      access: 'signed-in',
      params: ofRef,
      versioned: true,
      answers: { 200: { description: 'The criteria as they stand now.', shape: gateSheet } },
      handle: async (call) => {
        await takeCriteria(services, call.change(), { ref: call.params.ref, version: call.version() });
        return shown({ ...call.caller, ref: call.params.ref });
      },
    }),
    route({
      method: 'PATCH',
      path: '/gates/:ref/criteria',
      tag,
      summary: 'Answers criteria by hand, on the version in If-Match',
      access: 'signed-in',
      params: ofRef,
      body: z.strictObject({ answers: z.array(answer).min(1).max(200), because }),
      versioned: true,
      answers: { 200: { description: 'The criteria as they stand now.', shape: gateSheet } },
      handle: async (call) => {
        await answerCriteria(services, call.change(call.body.because), {
          ref: call.params.ref,
          version: call.version(),
          answers: call.body.answers.map(
            ({ checked = null, answerToMiss = null, missOwner = null, missBy = null, ...one }) => ({
              ...one,
              ...{ checked, answerToMiss, missOwner, missBy },
            }),
          ),
        });
        return shown({ ...call.caller, ref: call.params.ref });
      },
    }),
    route({
      method: 'GET',
      path: '/systems/:ref/gates',
      tag,
      summary: 'Where a system is in its life cycle, what its next gate misses, and which passed gates stand',
      access: 'signed-in',
      params: ofRef,
      query: z.strictObject({ type: z.enum(gateTypes).optional() }),
      answers: { 200: { description: 'Stage, next gate, and gates passed.', shape: systemGates } },
      handle: async ({ caller, params, query }) => {
        const asked = { ...caller, ref: params.ref, type: query.type };
        const view = await readSystemGates(services, source, asked, namedInCriteria);
        return ok(systemGatesWire(namesOf(caller, view), view));
      },
    }),
  ];
}
