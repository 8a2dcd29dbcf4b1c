import { points } from '@throughline/domain/risk/rate.ts';
import { z } from 'zod';
import { giveOpinion, readOpinions, settleOpinions, takeOpinionBack } from '../../features/risk/opinions.ts';
import { riskOpinions } from '../answers/risk.ts';
import type { Caller } from '../caller.ts';
import { riskOpinionsWire } from '../present/risk-opinions.ts';
import { created, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, lineShape, reasonShape } from '../shapes.ts';

const tag = 'Risk';
const ofRisk = z.strictObject({ ref: lineShape(60) });
const step = lineShape(60);
const rated = z.strictObject({
  point: z.enum(points),
  likelihood: step,
  consequences: z.strictObject({ organisation: step, individuals: step, society: step }),
  reason: reasonShape(2000, 3),
});
const ratingOf = ({ point, likelihood, consequences, reason }: z.infer<typeof rated>) => ({
  point,
  rating: { likelihood, consequences },
  reason,
});

/** Two people rate one risk apart, see where they differ, and somebody settles it (6.1.2: results that can be compared). */
export function riskOpinionRoutes(services: HttpServices): Route[] {
  const shown = async (caller: Caller, ref: string) => {
    const view = await readOpinions(services, { ...caller, ref });
    return { wire: riskOpinionsWire(services.registry, view), version: view.risk.version };
  };
  const said = {
    description: 'What was rated apart, as far as the caller may read it.',
    shape: riskOpinions,
  };
  return [
    route({
      method: 'GET',
      path: '/risks/:ref/opinions',
      tag,
      summary: 'Ratings that people gave a risk apart from each other, and where they differ',
      access: 'signed-in',
      params: ofRisk,
      answers: { 200: said },
      handle: async ({ caller, params }) => {
        const { wire, version } = await shown(caller, params.ref);
        return { ...ok(wire), version };
      },
    }),
    route({
      method: 'POST',
      path: '/risks/:ref/opinions',
      tag,
      summary:
        'Keeps the caller’s own rating of one point, which nobody else reads until a second person has rated',
      access: 'signed-in',
      params: ofRisk,
      body: rated,
      answers: { 201: said },
      handle: async (call) => {
        await giveOpinion(services, call.change(), { ref: call.params.ref, ...ratingOf(call.body) });
        return created((await shown(call.caller, call.params.ref)).wire);
      },
      replay: async (_subject, call) => created((await shown(call.caller, call.params.ref)).wire),
    }),
    route({
      method: 'DELETE',
      path: '/risks/:ref/opinions/:id',
      tag,
      summary: 'Takes the caller’s own rating back, while nobody else has read it',
      access: 'signed-in',
      params: z.strictObject({ ref: lineShape(60), id: idShape }),
      answers: { 200: said },
      handle: async (call) => {
        await takeOpinionBack(services, call.change(), call.params);
        return ok((await shown(call.caller, call.params.ref)).wire);
      },
      replay: async (_subject, call) => ok((await shown(call.caller, call.params.ref)).wire),
    }),
    route({
      method: 'PUT',
      path: '/risks/:ref/opinions',
      tag,
      summary:
        'Settles the ratings of one point: rates the risk, with the reason, and keeps them beside that version',
      access: 'signed-in',
      params: ofRisk,
      body: rated,
      versioned: true,
      answers: { 200: said },
      handle: async (call) => {
        const { ref } = call.params;
        const input = { ref, version: call.version(), ...ratingOf(call.body) };
        await settleOpinions(services, call.change(input.reason), input);
        const { wire, version } = await shown(call.caller, ref);
        return { ...ok(wire), version };
      },
    }),
  ];
}
