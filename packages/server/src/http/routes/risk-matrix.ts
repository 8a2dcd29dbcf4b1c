import { bearers } from '@throughline/domain/risk/criteria.ts';
import { points } from '@throughline/domain/risk/rate.ts';
import { ratedFor } from '@throughline/domain/risk/rated-filter.ts';
import { z } from 'zod';
import { readLevelTrend, readMatrix } from '../../features/risk/register-matrix.ts';
import { readSuggestions } from '../../features/risk/suggestions.ts';
import { riskMatrix, riskSuggestions, riskTrend } from '../answers/risk.ts';
import { riskMatrixWire } from '../present/risk-matrix.ts';
import { suggestionsWire } from '../present/risk-suggestions.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape } from '../shapes.ts';

const tag = 'Risk';
const system = lineShape(60).optional();

/** All open risks at once: where they stand on the matrix and how their levels went; and what a run begins from. */
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
      path: '/risk-assessments/:ref/suggestions',
      tag,
      summary:
        'What a run can begin from: Annex C, threats that facts of its system suggest, findings of impact assessments, each with what became of it',
      access: 'signed-in',
      params: z.strictObject({ ref: lineShape(60) }),
      answers: { 200: { description: 'Suggestions, which judge nothing.', shape: riskSuggestions } },
      handle: async ({ caller, params }) => {
        const view = await readSuggestions(services, { ...caller, ref: params.ref });
        const wire = suggestionsWire(services.registry, services.catalogue, view);
        return { ...ok(wire), version: view.run.version };
      },
    }),
    route({
      method: 'GET',
      path: '/risks/trend',
      tag,
      summary: 'Open risks at each level, a point a day, worked out from the versions of the risks',
      access: 'signed-in',
      query: z.strictObject({
        point: z.enum(points).default('current'),
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
