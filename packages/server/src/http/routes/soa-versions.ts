import { DomainError } from '@throughline/domain/errors.ts';
import { publicationBar } from '@throughline/domain/soa/publication-bar.ts';
import { publishedOf } from '@throughline/domain/soa/published.ts';
import type { SoaVersionsWire, SoaWire } from '@throughline/domain/wire-soa.ts';
import { z } from 'zod';
import { statementText } from '../../exports/statement-text.ts';
import { compareVersions, publishStatement, readVersions } from '../../features/soa/publish.ts';
import type { AskedStatement } from '../../features/soa/read-statement.ts';
import { ensureMay } from '../../records/load.ts';
import * as shapes from '../answers/soa.ts';
import type { Caller } from '../caller.ts';
import { refWire } from '../present/ref.ts';
import { abilityOf } from '../present/sentence.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { because } from './record-tools.ts';

const tag = 'Statement of Applicability';
/** A version of the controlled document, as an address names it. */
export const publishedVersion = z.coerce.number().int().min(1).max(2_000_000_000);

/** The statement as it stands or stood, for whoever asks. */
export type ShownStatement = (
  caller: Pick<Caller, 'organisation' | 'actor'>,
  asked?: Pick<AskedStatement, 'asOf' | 'evidence'>,
) => Promise<{ soa: SoaWire; timeZone: string }>;

/** Statements as controlled documents: published, listed, compared. `shown` is the statement as it stands now. */
export function soaVersionRoutes(services: HttpServices, shown: ShownStatement): Route[] {
  const { registry } = services;
  const versions = async ({ organisation, actor }: Caller): Promise<SoaVersionsWire> => {
    const found = await readVersions(services, { organisation, actor });
    const { document } = found;
    return {
      document: document && refWire(registry, { ...document, archived: document.archivedAt !== null }),
      inForce: document?.inForce ?? null,
      versions: found.versions.map(({ version: number, at, by_id: by, digest, file }) => ({
        version: number,
        at: at.toISOString(),
        by: found.members.get(by) ?? null,
        digest,
        file,
      })),
      abilities: { publish: abilityOf({ actor }, 'document', 'create') },
    };
  };
  const answers = { 200: { description: 'The published versions.', shape: shapes.soaVersions } };
  return [
    route({
      method: 'GET',
      path: '/soa/versions',
      tag,
      summary: 'Statements that were published, newest first, and which is in force',
      access: 'signed-in',
      answers,
      handle: async ({ caller }) => ok(await versions(caller)),
    }),
    route({
      method: 'POST',
      path: '/soa/versions',
      tag,
      summary: 'Publishes the statement as it stands as a version of the controlled document',
      access: 'signed-in',
      body: z.strictObject({ because }),
      answers,
      handle: async (call) => {
        ensureMay(call.caller.actor, registry.get('document'), 'create');
        const { soa } = await shown(call.caller, { evidence: true });
        ensurePublishable(soa);
        const published = publishedOf(soa);
        await publishStatement(services, call.change(call.body.because), published, statementText(published));
        return ok(await versions(call.caller));
      },
      replay: async (_subject, call) => ok(await versions(call.caller)),
    }),
    route({
      method: 'GET',
      path: '/soa/compare',
      tag,
      summary: 'What differs between two published statements, or between one and what stands now',
      access: 'signed-in',
      query: z.strictObject({ from: publishedVersion, to: publishedVersion.optional() }),
      answers: { 200: { description: 'Rows that differ.', shape: shapes.soaComparison } },
      handle: async ({ caller, query: { from, to } }) => {
        const asked = { organisation: caller.organisation, actor: caller.actor };
        const other = to ?? publishedOf((await shown(asked, { evidence: true })).soa);
        const { before, after, compared } = await compareVersions(services, asked, { from, to: other });
        return ok({
          from: { version: from, asOf: before.asOf },
          to: { version: to ?? null, asOf: after.asOf },
          ...compared,
        });
      },
    }),
  ];
}

/**
 * A statement says of each control whether it applies and why (6.1.3 e, f); whoever publishes is told of which it does
 * not.
 */
function ensurePublishable(soa: SoaWire): void {
  const bar = publicationBar(soa);
  if (bar) throw new DomainError('conflict', `Not published: ${bar.words}`, bar.controls);
}
