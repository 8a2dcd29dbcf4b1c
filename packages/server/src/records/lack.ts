import type { Catalogue } from '@throughline/catalogue/types.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { approvalLack } from '@throughline/domain/kinds/approval-lack.ts';
import type { Kind, Lack } from '@throughline/domain/kinds/kind.ts';
import { riskCriteria } from '@throughline/domain/kinds/risk-criteria.ts';
import { versionName } from '@throughline/domain/risk/rate.ts';
import { annexRows } from '@throughline/domain/soa/published.ts';
import { type Undecided, undecidedIn, undecidedNow } from '@throughline/domain/soa/undecided.ts';
import { organisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { textOf } from '@throughline/domain/trace/read.ts';
import { approvalsOf } from '../store/approvals.ts';
import { blobBytes, findBlob } from '../store/blobs.ts';
import { revisionAt } from '../store/history.ts';
import { organisationPeople, sharedRecords } from '../store/organisation-records.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import { recordsById } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { readPublished } from './published-shape.ts';

/** Why a record is not whole enough to be approved, over what its links lead to now; nothing when it is. */
export async function lackOf(
  reader: Reader,
  catalogue: Catalogue,
  kind: Kind,
  { content, state }: Pick<StoredRecord, 'content' | 'state'>,
  now: Date,
): Promise<Lack | undefined> {
  const targets = kind.approvable?.lacks
    ? await recordsById(
        reader,
        Object.keys(kind.relations).flatMap((relation) => content.links[relation] ?? []),
      )
    : undefined;
  const linked = (relation: string) =>
    (content.links[relation] ?? []).flatMap((id) => {
      const target = targets?.get(id);
      return target ? [{ ...target.content, state: target.state, archived: target.archivedAt !== null }] : [];
    });
  const annexA = catalogue.iso42001.annex_a.controls.map(({ id }) => id);
  const today = dayIn(now, (await organisationSettings(reader)).timeZone);
  const undecided = kind.approvable?.speaksOfAnnexA?.(content.fields)
    ? {
        now: await undecidedAsOf(reader, catalogue, now),
        published: await undecidedAsPublished(reader, textOf(content, 'file'), annexA),
      }
    : { now: [], published: [] };
  const ratedBy = await criteriaNamed(reader, content, targets);
  const around = { today, annexA, undecided, linked, ratedBy };
  return approvalLack(kind, state, content, around, today);
}

/** What the approved version of criteria says by which a risk names itself rated; `null` where there is none such. */
async function criteriaNamed(
  reader: Reader,
  { fields, links }: StoredRecord['content'],
  targets: ReadonlyMap<string, StoredRecord> | undefined,
): Promise<StoredRecord['content']['fields'] | null> {
  const record = targets?.get(links.criteria?.[0] ?? '');
  if (!record) return null;
  const ref = `${riskCriteria.prefix}-${record.number}`;
  const acts = (await approvalsOf(reader, [record.id])).get(record.id) ?? [];
  const named = acts.find(
    ({ act, version }) => act === 'approve' && versionName(ref, version) === fields.criteriaVersion,
  );
  const said = named && (await revisionAt(reader, record.id, named.version));
  return said?.fields ?? null;
}

/** Controls that the lines of the statement leave open now. */
async function undecidedAsOf(reader: Reader, catalogue: Catalogue, now: Date): Promise<Undecided[]> {
  const records = await sharedRecords(reader, new Map(), ['control', 'applicability']);
  const inputs = {
    id: reader.organisation,
    ...(await organisationSettings(reader)),
    ...(await organisationPeople(reader)),
    records: [...records.values()].map(({ item }) => item),
    systems: [],
  };
  return undecidedNow(organisationFacts(inputs, catalogue, now));
}

/** Controls that a published file leaves open; of somebody's own file nothing is read. */
async function undecidedAsPublished(
  reader: Reader,
  file: string | null,
  annexA: readonly string[],
): Promise<Undecided[]> {
  if (file === null || (await findBlob(reader, file))?.media !== 'application/json') return [];
  const published = readPublished((await blobBytes(reader, file))?.toString('utf8') ?? '');
  return published ? undecidedIn(annexRows(published.rows), annexA) : [];
}
