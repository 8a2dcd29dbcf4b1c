import { points } from '@throughline/domain/risk/rate.ts';
import { z } from 'zod';
import { rateRisk, readRating } from '../../features/risk/rating.ts';
import { riskRating } from '../answers/risk.ts';
import { riskRatingWire } from '../present/risk.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape } from '../shapes.ts';
import { because } from './record-tools.ts';

const tag = 'Risk';
const ofRisk = z.strictObject({ ref: lineShape(60) });
const step = lineShape(60);

/** Rates risks by the organisation's criteria (6.1.2): steps in, levels out, kept with the version that gave them. */
export function riskRatingRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const shown = async (call: Parameters<typeof readRating>[1]) => {
    const found = await readRating(services, call);
    return { ...ok(riskRatingWire(registry, found)), version: found.risk.version };
  };
  return [
    route({
      method: 'GET',
      path: '/risks/:ref/rating',
      tag,
      summary: 'The ratings of a risk, and the criteria in force with their matrix',
      access: 'signed-in',
      params: ofRisk,
      answers: { 200: { description: 'The ratings.', shape: riskRating } },
      handle: ({ caller, params }) => shown({ ...caller, ref: params.ref }),
    }),
    route({
      method: 'PUT',
      path: '/risks/:ref/rating',
      tag,
      summary: 'Rates one point of a risk by the criteria in force',
      access: 'signed-in',
      params: ofRisk,
      body: z.strictObject({
        point: z.enum(points),
        likelihood: step,
        consequences: z.strictObject({ organisation: step, individuals: step, society: step }),
        assessedOn: lineShape(10).optional(),
        because,
      }),
      versioned: true,
      answers: { 200: { description: 'The ratings as they stand now.', shape: riskRating } },
      handle: async (call) => {
        const { point, likelihood, consequences, assessedOn, because: why } = call.body;
        const rating = { likelihood, consequences };
        const input = { ref: call.params.ref, version: call.version(), point, rating, assessedOn };
        await rateRisk(services, call.change(why), input);
        return shown({ ...call.caller, ref: call.params.ref });
      },
    }),
  ];
}
