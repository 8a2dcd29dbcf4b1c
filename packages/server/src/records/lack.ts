import type { Catalogue } from '@throughline/catalogue/types.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { approvalLack } from '@throughline/domain/kinds/approval-lack.ts';
import type { Kind, Lack } from '@throughline/domain/kinds/kind.ts';
import { riskCriteria } from '@throughline/domain/kinds/risk-criteria.ts';
import { criteriaNamedIn, versionName } from '@throughline/domain/risk/rate.ts';
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
import { recordsById, recordsByRef } from '../store/records.ts';
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

/**
 * What the approved versions of criteria say by which the points of a risk were rated, by the names that it has for them.
 * The version that it names for itself is one of the criteria that it leads to.
 */
async function criteriaNamed(
  reader: Reader,
  { fields, links }: Content,
  targets: ReadonlyMap<string, StoredRecord> | undefined,
): Promise<ReadonlyMap<string, Content['fields']>> {
  const found = new Map<string, Content['fields']>();
  if (!targets) return found;
  const linked = targets.get(links.criteria?.[0] ?? '');
  for (const name of criteriaNamedIn(fields)) {
    const read = reader.registry.readRef(name.slice(0, name.lastIndexOf(' ')));
    if (read?.kind.name !== riskCriteria.name) continue;
    if (name === fields.criteriaVersion && linked?.number !== read.number) continue;
    const said = await versionNamed(reader, read.number, name);
    if (said) found.set(name, said);
  }
  return found;
}

async function versionNamed(reader: Reader, number: number, name: string): Promise<Content['fields'] | null> {
  const { name: kind, prefix } = riskCriteria;
  const id = (await recordsByRef(reader, [{ kind, number }])).get(`${kind} ${number}`);
  if (id === undefined) return null;
  const acts = (await approvalsOf(reader, [id])).get(id) ?? [];
  const named = acts.find(
    ({ act, version }) => act === 'approve' && versionName(`${prefix}-${number}`, version) === name,
  );
  return (named && (await revisionAt(reader, id, named.version))?.fields) ?? null;
}

type Content = StoredRecord['content'];

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
