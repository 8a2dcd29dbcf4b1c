import { dayIn } from '@throughline/domain/day.ts';
import { type MethodNow, methodStanding } from '@throughline/domain/impact/method.ts';
import type { Content } from '@throughline/domain/kinds/kind.ts';
import type { MethodStanding } from '@throughline/domain/wire-impact.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { approvalsOf } from '../../store/approvals.ts';
import { revisionAt } from '../../store/history.ts';
import { impactMethod, methodVersions, onOtherVersions } from '../../store/impact.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { type RefRow, recordsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

export type MethodView = {
  readonly document: RefRow | null;
  readonly version: number | null;
  readonly inForce: number | null;
  readonly transitionOn: string | null;
  readonly standing: MethodStanding;
  readonly says: string;
  /** The method in force, where the assessment does not follow it. */
  readonly offered: { readonly document: RefRow; readonly version: number } | null;
  /** The method as the assessment's version has it; `null` where it names none that was approved. */
  readonly content: Content | null;
};

/** How an assessment stands to its method, and the content of the version that it follows. */
export async function methodView(
  services: Services,
  reader: Reader,
  assessment: StoredRecord,
): Promise<MethodView> {
  const version = numberIn(assessment.content.fields.methodVersion);
  const [linked] = assessment.content.links.method ?? [];
  const document = linked ? (await recordsById(reader, [linked])).get(linked) : undefined;
  const method = document ? await methodNow(reader, document) : null;
  const { standing, says } = methodStanding(version, method, await today(services, reader));
  const named = version !== null && method?.approved.includes(version);
  const revision = document && named ? await revisionAt(reader, document.id, version) : undefined;
  const now = await impactMethod(reader);
  const follows = now?.id === document?.id && now?.in_force === version;
  return {
    offered: now && !follows ? { document: now, version: now.in_force } : null,
    document: document ? { ...document, archived: document.archivedAt !== null } : null,
    version,
    inForce: method?.inForce ?? null,
    transitionOn: method?.transitionOn ?? null,
    standing,
    says,
    content: revision?.fields ? { fields: revision.fields, links: revision.links ?? {} } : null,
  };
}

async function methodNow(
  reader: Reader,
  { id, inForce, content }: Pick<StoredRecord, 'id' | 'inForce' | 'content'>,
): Promise<MethodNow> {
  const acts = (await approvalsOf(reader, [id])).get(id) ?? [];
  const approved = acts
    .filter(({ act }) => act === 'approve' || act === 'restore')
    .map(({ version }) => version);
  const force = inForce === null ? undefined : await revisionAt(reader, id, inForce);
  const { transitionOn } = force?.fields ?? content.fields;
  return { approved, inForce, transitionOn: typeof transitionOn === 'string' ? transitionOn : null };
}

const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null);

async function today({ clock }: Services, reader: Reader): Promise<string> {
  const { timeZone } = await organisationSettings(reader);
  return dayIn(clock(), timeZone);
}

export type Methods = {
  readonly method: RefRow | null;
  readonly inForce: number | null;
  readonly transitionOn: string | null;
  readonly counts: Readonly<Record<MethodStanding, number>>;
  readonly items: readonly {
    readonly assessment: RefRow;
    readonly version: number | null;
    readonly standing: MethodStanding;
    readonly says: string;
  }[];
};

const listedAtMost = 500;

/** Which assessments stand on the method in force, which on an earlier version and until when, and which on none. */
export async function readMethods(services: Services, asked: Asker): Promise<Methods> {
  ensureMay(asked.actor, services.registry.get('impact-assessment'), 'read');
  ensureMay(asked.actor, services.registry.get('document'), 'read');
  return services.store.read(asked, async (reader) => {
    const found = await impactMethod(reader);
    const document = found && (await recordsById(reader, [found.id])).get(found.id);
    const method = document ? await methodNow(reader, document) : null;
    const day = await today(services, reader);
    const stands = (named: string | null, version: number | null) =>
      methodStanding(version, named !== null && named === document?.id ? method : null, day);
    const counts: Record<MethodStanding, number> = {
      none: 0,
      current: 0,
      'in-transition': 0,
      older: 0,
      unknown: 0,
    };
    for (const row of await methodVersions(reader))
      counts[stands(row.method, row.version).standing] += row.count;
    const now = { method: document?.id ?? null, version: method?.inForce ?? null };
    const rows = await onOtherVersions(reader, now, listedAtMost);
    return {
      method: document ? { ...document, archived: document.archivedAt !== null } : null,
      inForce: method?.inForce ?? null,
      transitionOn: method?.transitionOn ?? null,
      counts,
      items: rows.map((row) => ({
        assessment: row,
        version: row.version,
        ...stands(row.method, row.version),
      })),
    };
  });
}
