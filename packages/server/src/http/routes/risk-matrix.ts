import { bearers } from '@throughline/domain/risk/criteria.ts';
import { points } from '@throughline/domain/risk/rate.ts';
import { ratedFor, ratedPoints } from '@throughline/domain/risk/rated-filter.ts';
import { z } from 'zod';
import { readLevelTrend, readMatrix } from '../../features/risk/register-matrix.ts';
import { riskMatrix, riskTrend } from '../answers/risk.ts';
import { riskMatrixWire } from '../present/risk-matrix.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape } from '../shapes.ts';

const tag = 'Risk';
const system = lineShape(60).optional();

/** All open risks at once: where they stand on the matrix, and how their levels went. */
export function riskMatrixRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/risks/matrix',
      tag,
      summary: 'Open risks on the matrix of one version of the criteria, and how many stand at each level',
      access: 'signed-in',
      query: z.strictObject({
        point: z.enum(points).default('current'),
        bearer: z.enum(bearers).default('individuals'),
        criteria: lineShape(60).optional(),
        system,
      }),
      answers: { 200: { description: 'Counts by cell and by level.', shape: riskMatrix } },
      handle: async ({ caller, query: { point, bearer, criteria, system: of } }) => {
        const view = await readMatrix(services, { ...caller, point, bearer, criteria, system: of });
        return ok(riskMatrixWire(services.registry, { point, bearer }, view));
      },
    }),
    route({
      method: 'GET',
      path: '/risks/trend',
      tag,
      summary: 'Open risks at each level, a point a day, worked out from the versions of the risks',
      access: 'signed-in',
      query: z.strictObject({
        point: z.enum(ratedPoints).default('current'),
        bearer: z.enum(ratedFor).default('worst'),
        days: z.coerce.number().int().min(2).max(730).default(90),
        system,
      }),
      answers: { 200: { description: 'Oldest first, today last.', shape: riskTrend } },
      handle: async ({ caller, query: { point, bearer, days, system: of } }) =>
        ok({ days: await readLevelTrend(services, { ...caller, point, bearer, days, system: of }) }),
    }),
  ];
}
