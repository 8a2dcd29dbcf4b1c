import {
  type Considered,
  consideredIn,
  factsOf,
  findingsOf,
  isMadeOf,
  type Suggestion,
  suggestedBy,
  type ThreatFact,
} from '@throughline/domain/risk/suggestions.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { recordsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { type SystemPart, systemParts } from '../../store/system-parts.ts';

export type SuggestionsView = {
  readonly run: StoredRecord;
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
export async function readSuggestions(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<SuggestionsView> {
  const kind = services.registry.get('risk-assessment');
  ensureMay(asked.actor, kind, 'read');
  return services.store.read(asked, async (reader) => {
    const run = await loadReadable(reader, asked.actor, kind, asked.ref);
    const own = run.system === null ? [] : await systemParts(reader, run.system, kinds);
    const facts = run.system === null ? new Set<ThreatFact>() : await factsOfSystem(reader, run.system, own);
    const { prefix } = services.registry.get('impact-assessment');
    const assessments = own.filter((one) => one.kind === 'impact-assessment' && one.state !== 'withdrawn');
    const refs = new Map(assessments.map(({ id, number }) => [id, `${prefix}-${number}`]));
    const found = assessments.flatMap(({ id, fields }) => findingsOf({ ref: refs.get(id) ?? '', fields }));
    const all = [...found, ...suggestedBy(services.catalogue, facts)];
    const considered = consideredIn(run.content.fields, all);
    const risks = own.filter((one) => one.kind === 'risk');
    const named = risks.map(({ id, fields, links }) => ({
      id,
      fields,
      carries: (links.carries ?? []).flatMap((one) => refs.get(one) ?? []),
    }));
    return {
      run,
      facts: [...facts],
      suggestions: all.map((one) => ({
        ...one,
        considered: considered.get(one.id) ?? 'open',
        risks: named.filter((risk) => isMadeOf(risk, one.id)).map(({ id }) => id),
      })),
      parts: new Map(risks.map((risk) => [risk.id, risk])),
    };
  });
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
