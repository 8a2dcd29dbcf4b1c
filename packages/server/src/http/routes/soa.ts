import { unprocessable } from '@throughline/domain/errors.ts';
import { publishedOf } from '@throughline/domain/soa/published.ts';
import { z } from 'zod';
import {
  type StatementFile,
  type StatementFormat,
  statementFile,
  statementFormats,
} from '../../exports/statement.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { adoptAnnexA } from '../../features/soa/adopt-controls.ts';
import { readVersion } from '../../features/soa/publish.ts';
import { readStatement } from '../../features/soa/read-statement.ts';
import { ensureMay } from '../../records/load.ts';
import * as shapes from '../answers/soa.ts';
import { attachment } from '../attachment.ts';
import type { Caller } from '../caller.ts';
import { refWire } from '../present/ref.ts';
import { evidencesWire, namedInStatement, soaWire } from '../present/soa.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { controlTestSampleRoutes } from './control-test-sample.ts';
import { because, moment } from './record-tools.ts';
import { soaMatrixRoutes } from './soa-matrix.ts';
import { publishedVersion, type ShownStatement, soaVersionRoutes } from './soa-versions.ts';

const tag = 'Statement of Applicability';

/**
 * The statement as it follows from the records (6.1.3). Decisions are kept as records of their own: whoever decides
 * makes or changes a line under `/applicability`, and another person approves it.
 */
export function soaRoutes(services: HttpServices): Route[] {
  const { registry, catalogue } = services;
  const facts = FactsCache.of(services);
  const shown: ShownStatement = async ({ organisation, actor }, asked = {}) => {
    const view = await readStatement(services, facts, { organisation, actor, ...asked }, namedInStatement);
    const refs = new Map([...view.refs].map(([id, row]) => [id, refWire(registry, row)]));
    const soa = soaWire({ registry, catalogue, actor, refs, members: view.members }, view);
    return { soa, timeZone: view.organisation.timeZone };
  };
  return [
    route({
      method: 'GET',
      path: '/soa',
      tag,
      summary:
        'Every control of Annex A and own ones: what calls for it, what was decided, where it is in place',
      access: 'signed-in',
      query: z.strictObject({ asOf: moment.optional() }),
      answers: { 200: { description: 'The statement, with what contradicts what.', shape: shapes.soa } },
      handle: async ({ caller, query }) => ok((await shown(caller, momentAsked(query))).soa),
    }),
    route({
      method: 'GET',
      path: '/soa/evidence',
      tag,
      summary: 'What evidence says of each control: current, stale, and none that proves anything',
      access: 'signed-in',
      query: z.strictObject({ asOf: moment.optional() }),
      answers: { 200: { description: 'By the ref of the control.', shape: shapes.soaEvidences } },
      handle: async ({ caller: { organisation, actor }, query }) => {
        ensureMay(actor, registry.get('evidence'), 'read');
        const asked = { organisation, actor, ...momentAsked(query), evidence: true } as const;
        const view = await readStatement(services, facts, asked, () => ({ records: [], members: [] }));
        const refs = new Map([...view.refs].map(([id, row]) => [id, refWire(registry, row)]));
        return ok(evidencesWire({ registry, catalogue, actor, refs, members: view.members }, view));
      },
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
      summary: 'The statement as a file: as it stands, as it stood, or a version that was published',
      access: 'signed-in',
      query: z.strictObject({
        format: z.enum(statementFormats).default('xlsx'),
        asOf: moment.optional(),
        version: publishedVersion.optional(),
      }),
      answers: { 200: { description: 'The file.', media: 'application/octet-stream' } },
      handle: async ({ caller, query }) => {
        ensureMay(caller.actor, registry.get('applicability'), 'export');
        const { format, version } = query;
        if (version !== undefined && query.asOf !== undefined)
          throw unprocessable([
            { at: 'asOf', message: 'A version says what it said then. Name one of the two.' },
          ]);
        const file =
          version === undefined
            ? await statementNow(shown, caller, format, momentAsked(query))
            : await versionFile(services, caller, version, format);
        const headers = { 'content-type': file.media, 'content-disposition': attachment(file.name) };
        return { status: 200, body: file.body, headers };
      },
    }),
    ...soaVersionRoutes(services, shown),
    ...soaMatrixRoutes(services),
    ...controlTestSampleRoutes(services),
  ];
}

const momentAsked = ({ asOf }: { asOf?: string | undefined }) => ({
  asOf: asOf === undefined ? undefined : new Date(asOf),
});

async function statementNow(
  shown: ShownStatement,
  caller: Caller,
  format: StatementFormat,
  asked: { asOf: Date | undefined },
): Promise<StatementFile> {
  const { soa, timeZone } = await shown(caller, { ...asked, evidence: true });
  return statementFile(publishedOf(soa), format, { version: null, timeZone });
}

async function versionFile(
  services: HttpServices,
  { organisation, actor }: Caller,
  version: number,
  format: StatementFormat,
): Promise<StatementFile> {
  const { statement, about, timeZone } = await readVersion(services, { organisation, actor }, version);
  return statementFile(statement, format, { version: about, timeZone });
}
