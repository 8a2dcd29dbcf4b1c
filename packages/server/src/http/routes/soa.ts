import { z } from 'zod';
import { statementFile, statementFormats } from '../../exports/statement.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { adoptAnnexA } from '../../features/soa/adopt-controls.ts';
import { readStatement } from '../../features/soa/read-statement.ts';
import { ensureMay } from '../../records/load.ts';
import * as shapes from '../answers/soa.ts';
import { attachment } from '../attachment.ts';
import type { Caller } from '../caller.ts';
import { refWire } from '../present/ref.ts';
import { namedInStatement, soaWire } from '../present/soa.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { because } from './record-tools.ts';
import { soaVersionRoutes } from './soa-versions.ts';

const tag = 'Statement of Applicability';

/**
 * The statement as it follows from the records (6.1.3). Decisions are kept as records of their own: whoever decides
 * makes or changes a line under `/applicability`, and another person approves it.
 */
export function soaRoutes(services: HttpServices): Route[] {
  const { registry, catalogue } = services;
  const facts = FactsCache.of(services);
  const shown = async ({ organisation, actor }: Pick<Caller, 'organisation' | 'actor'>) => {
    const view = await readStatement(services, facts, { organisation, actor }, namedInStatement);
    const refs = new Map([...view.refs].map(([id, row]) => [id, refWire(registry, row)]));
    return soaWire({ registry, catalogue, actor, refs, members: view.members }, view);
  };
  return [
    route({
      method: 'GET',
      path: '/soa',
      tag,
      summary:
        'Every control of Annex A and own ones: what calls for it, what was decided, where it is in place',
      access: 'signed-in',
      answers: { 200: { description: 'The statement, with what contradicts what.', shape: shapes.soa } },
      handle: async ({ caller }) => ok(await shown(caller)),
    }),
    route({
      method: 'POST',
      path: '/soa/controls',
      tag,
      summary: 'Adopts the controls of Annex A that have no record yet; nothing is decided by it',
      access: 'signed-in',
      body: z.strictObject({ because }),
      answers: { 200: { description: 'How many were adopted.', shape: shapes.adopted } },
      handle: async (call) => ok({ adopted: await adoptAnnexA(services, call.change(call.body.because)) }),
      // What it would have adopted stands by now.
      replay: async () => ok({ adopted: 0 }),
    }),
    route({
      method: 'GET',
      path: '/soa/export',
      tag,
      summary: 'The statement as a file',
      access: 'signed-in',
      query: z.strictObject({ format: z.enum(statementFormats).default('xlsx') }),
      answers: { 200: { description: 'The file.', media: 'application/octet-stream' } },
      handle: async ({ caller, query }) => {
        ensureMay(caller.actor, registry.get('applicability'), 'export');
        const file = statementFile(await shown(caller), query.format);
        const headers = { 'content-type': file.media, 'content-disposition': attachment(file.name) };
        return { status: 200, body: file.body, headers };
      },
    }),
    ...soaVersionRoutes(services, shown),
  ];
}
