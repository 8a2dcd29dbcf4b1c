import { DomainError } from '@throughline/domain/errors.ts';
import {
  type Considered,
  consideredIn,
  factsOf,
  findingsOf,
  isAnswered,
  isListedFor,
  isMadeOf,
  type Suggestion,
  suggestedBy,
  type ThreatFact,
} from '@throughline/domain/risk/suggestions.ts';
import type { Services } from '../services.ts';
import type { Reader } from '../store/reader.ts';
import { recordsById } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { type SystemPart, systemParts } from '../store/system-parts.ts';
import type { LockedRecord, Write } from '../store/write.ts';

export type RunSuggestions = {
  readonly facts: readonly ThreatFact[];
  readonly suggestions: readonly (Suggestion & {
    readonly considered: Considered;
    /** Ids of risks of the system that say they were made of it. */
    readonly risks: readonly string[];
  })[];
  /** The risks named above. */
  readonly parts: ReadonlyMap<string, SystemPart>;
};

/**
 * What a run of the risk assessment can begin from, and what it says of each: sources of risk of Annex C, threats that
 * facts of its system make worth a look, findings of the system's impact assessments. A run of no system has Annex C alone.
 */
export async function suggestionsOf(
  services: Pick<Services, 'registry' | 'catalogue'>,
  reader: Reader,
  run: Pick<StoredRecord, 'system' | 'content'>,
): Promise<RunSuggestions> {
  const own = run.system === null ? [] : await systemParts(reader, run.system, kinds);
  const facts = run.system === null ? new Set<ThreatFact>() : await factsOfSystem(reader, run.system, own);
  const { prefix } = services.registry.get('impact-assessment');
  const assessments = own.filter((one) => one.kind === 'impact-assessment' && one.state !== 'withdrawn');
  const refs = new Map(assessments.map(({ id, number }) => [id, `${prefix}-${number}`]));
  const found = assessments.flatMap(({ id, fields }) => findingsOf({ ref: refs.get(id) ?? '', fields }));
  const all = [...found, ...suggestedBy(services.catalogue, facts)];
  const considered = consideredIn(run.content.fields, all);
  const risks = own.filter((one) => one.kind === 'risk');
  const listed = new Set(run.content.links.risks);
  const named = risks.map(({ id, fields, links }) => ({
    id,
    fields,
    carries: (links.carries ?? []).flatMap((one) => refs.get(one) ?? []),
  }));
  return {
    facts: [...facts],
    suggestions: all.map((one) => {
      const stands = considered.get(one.id) ?? 'open';
      const isOf = (risk: (typeof named)[number]) =>
        isMadeOf(risk, one.id) || (stands === 'risk' && listed.has(risk.id) && isListedFor(risk, one));
      return { ...one, considered: stands, risks: named.filter(isOf).map(({ id }) => id) };
    }),
    parts: new Map(risks.map((risk) => [risk.id, risk])),
  };
}

/** How many are named in a refusal; the rest is a number. */
const named = 8;

/**
 * A run is finished when each suggestion was carried into a risk, or left with a reason (6.1.2): what nobody
 * looked at was skipped. Throws `conflict` with those that are open.
 */
export async function ensureConsidered(
  services: Services,
  write: Write,
  run: LockedRecord,
  transition: string,
): Promise<void> {
  if (run.kind !== 'risk-assessment' || transition !== 'finish') return;
  const { suggestions } = await suggestionsOf(services, write, run);
  const open = suggestions.filter((one) => !isAnswered(one));
  if (open.length === 0) return;
  const listed = open.slice(0, named).map(({ id, title }) => `${id} (${title})`);
  const more = open.length > named ? ` and ${open.length - named} more` : '';
  throw new DomainError(
    'conflict',
    `Not considered yet: ${listed.join(', ')}${more}. Make each a risk, or say why it is none.`,
  );
}

const kinds = ['use-case', 'impact-assessment', 'risk'] as const;

async function factsOfSystem(
  reader: Reader,
  id: string,
  own: readonly SystemPart[],
): Promise<Set<ThreatFact>> {
  const system = (await recordsById(reader, [id])).get(id);
  const { fields, links } = system?.content ?? { fields: {}, links: {} };
  const used = await recordsById(reader, [...(links.usesModel ?? []), ...(links.usesDataset ?? [])]);
  const of = (relation: string) =>
    (links[relation] ?? []).flatMap((one) => {
      const record = used.get(one);
      return record && record.archivedAt === null ? [record.content] : [];
    });
  const [models, datasets] = [of('usesModel'), of('usesDataset')];
  const suppliers = [
    ...(links.usesSupplier ?? []),
    ...[...models, ...datasets].flatMap((one) => one.links.suppliedBy ?? []),
  ];
  return factsOf({
    system: fields,
    useCases: own.filter(({ kind }) => kind === 'use-case').map((one) => one.fields),
    models: models.map((one) => one.fields),
    datasets: datasets.map((one) => one.fields),
    suppliers: new Set(suppliers).size,
  });
}
