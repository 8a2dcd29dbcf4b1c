import { z } from 'zod';
import { answerInterview, evaluate, readInterview } from '../../features/classification/interview.ts';
import { classifyMany, type ManyInput, mostTogether } from '../../features/classification/many.ts';
import { readRegister, writeRegister } from '../../features/classification/register.ts';
import { classified, interview, manyClassified, register } from '../answers/classification.ts';
import { classifiedWire, interviewWire, manyWire, registerWire } from '../present/classification.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { dateShape, flagShape, lineShape, textShape } from '../shapes.ts';
import { because } from './record-tools.ts';

const tag = 'Classification';
const ofInterview = z.strictObject({ ref: lineShape(60) });
/** What each fact takes is said by the rules, which name every answer that is none; here they only have a shape. */
const answers = z.record(
  lineShape(60),
  z.union([z.boolean(), z.number(), lineShape(300), z.array(lineShape(60)).max(60)]).nullable(),
);

const manyBody = z
  .strictObject({
    refs: z.array(lineShape(60)).min(1).max(mostTogether).optional(),
    filter: z.record(lineShape(60), lineShape(300)).optional(),
    answers,
    notes: z.record(lineShape(60), textShape(300)).default({}),
    because,
  })
  .refine(({ refs, filter }) => (refs === undefined) !== (filter === undefined), {
    message: 'Say which uses: refs, or a filter.',
    path: ['refs'],
  });

const manyOf = ({ refs, filter = {}, answers: said, notes }: z.output<typeof manyBody>): ManyInput => ({
  choice: refs ? { refs } : { filter },
  answers: said,
  notes,
});

/** Classifies by the rules of the law: answers in, outcome with its path and what follows out. Decision support, no legal advice. */
export function classificationRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const shown = async (call: Parameters<typeof readInterview>[1]) => {
    const view = await readInterview(services, call);
    return { ...ok(interviewWire(registry, view)), version: view.record.version };
  };
  const shownRegister = async (call: Parameters<typeof readRegister>[1]) =>
    ok(registerWire(registry, await readRegister(services, call)));
  return [
    route({
      method: 'GET',
      path: '/classifications/:ref/interview',
      tag,
      summary: 'The questions of a classification under the EU AI Act, its answers and what they lead to',
      access: 'signed-in',
      params: ofInterview,
      answers: { 200: { description: 'The interview.', shape: interview } },
      handle: ({ caller, params }) => shown({ ...caller, ref: params.ref }),
    }),
    route({
      method: 'PUT',
      path: '/classifications/:ref/interview',
      tag,
      summary: 'Keeps answers, with the outcome that the rules reach from them',
      access: 'signed-in',
      params: ofInterview,
      body: z.strictObject({
        answers,
        notes: z.record(lineShape(60), textShape(300)).optional(),
        on: dateShape.optional(),
        because,
      }),
      versioned: true,
      answers: { 200: { description: 'The interview as it stands now.', shape: interview } },
      handle: async (call) => {
        const { answers: sent, notes = {}, on, because: why } = call.body;
        const input = { ref: call.params.ref, version: call.version(), answers: sent, notes, on };
        await answerInterview(services, call.change(why), input);
        return shown({ ...call.caller, ref: call.params.ref });
      },
    }),
    route({
      method: 'GET',
      path: '/classifications/:ref/obligations',
      tag,
      summary: 'What follows from the signed-off outcome, beside what the register of obligations holds',
      access: 'signed-in',
      params: ofInterview,
      answers: {
        200: { description: 'Duties with what would be done, and those that fell away.', shape: register },
      },
      handle: ({ caller, params }) => shownRegister({ ...caller, ref: params.ref }),
    }),
    route({
      method: 'POST',
      path: '/classifications/:ref/obligations',
      tag,
      summary: 'Writes what follows into the register of obligations, each duty once',
      access: 'signed-in',
      params: ofInterview,
      body: z.strictObject({ because }),
      answers: { 200: { description: 'The register as it stands now.', shape: register } },
      handle: async (call) => {
        await writeRegister(services, call.change(call.body.because), call.params.ref);
        return shownRegister({ ...call.caller, ref: call.params.ref });
      },
    }),
    route({
      method: 'POST',
      path: '/classification/many',
      tag,
      summary: 'Answers once what several uses share; each gets its own class, open until it is signed off',
      access: 'signed-in',
      query: z.strictObject({ dryRun: flagShape }),
      body: manyBody,
      answers: { 200: { description: 'What each use comes to.', shape: manyClassified } },
      handle: async (call) => {
        const keep = !call.query.dryRun;
        const found = await classifyMany(services, call.change(call.body.because), manyOf(call.body), keep);
        return ok(manyWire(registry, found));
      },
      replay: async (_subject, call) => {
        const ctx = { ...call.change(call.body.because), once: undefined };
        return ok(manyWire(registry, await classifyMany(services, ctx, manyOf(call.body), false)));
      },
    }),
    route({
      method: 'POST',
      path: '/classification/evaluate',
      tag,
      summary: 'Classifies answers without keeping anything',
      access: 'signed-in',
      body: z.strictObject({ answers }),
      answers: { 200: { description: 'What the rules make of them.', shape: classified } },
      handle: async ({ caller, body }) => {
        const { law, result } = await evaluate(services, caller, body.answers);
        return ok(classifiedWire(law, result));
      },
    }),
  ];
}
