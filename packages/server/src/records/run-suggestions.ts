import { DomainError } from '@throughline/domain/errors.ts';
import { type Considered, isAnswered, type LeftInVain } from '@throughline/domain/risk/answered.ts';
import {
  consideredIn,
  factsOf,
  findingsOf,
  isListedFor,
  isMadeOf,
  openWords,
  type Suggestion,
  suggestedBy,
  type ThreatFact,
} from '@throughline/domain/risk/suggestions.ts';
import { approvedVersion } from '@throughline/domain/trace/approved.ts';
import { type Finding, isHarmful, isSignificant, numbered } from '@throughline/domain/trace/assessments.ts';
import { findingId, isNoRisk, whyNotLeft } from '@throughline/domain/trace/left-findings.ts';
import { rowsOf } from '@throughline/domain/trace/read.ts';
import type { Services } from '../services.ts';
import type { Reader } from '../store/reader.ts';
import { recordsById } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { type SystemPart, systemParts } from '../store/system-parts.ts';
import { traceRows } from '../store/trace.ts';
import type { LockedRecord, Write } from '../store/write.ts';

export type RunSuggestions = {
  readonly facts: readonly ThreatFact[];
  readonly suggestions: readonly (Suggestion & {
    readonly considered: Considered;
    /** Ids of risks of the system that say they were made of it. */
    readonly risks: readonly string[];
    /** Why a finding that no risk carries is not settled by leaving it with a reason. */
    readonly asks: LeftInVain | null;
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
  run: Pick<StoredRecord, 'system' | 'content' | 'materialAt'>,
): Promise<RunSuggestions> {
  const own = run.system === null ? [] : await systemParts(reader, run.system, kinds);
  const facts = run.system === null ? new Set<ThreatFact>() : await factsOfSystem(reader, run.system, own);
  const { prefix } = services.registry.get('impact-assessment');
  const assessments = own.filter((one) => one.kind === 'impact-assessment' && one.state !== 'withdrawn');
  const refs = new Map(assessments.map(({ id, number }) => [id, `${prefix}-${number}`]));
  const standing = run.system === null ? [] : await findingsInForce(reader, run.system, assessments);
  const drafted = assessments.flatMap(({ id, fields }) => findingsOf({ ref: refs.get(id) ?? '', fields }));
  const suggested = new Map(
    [...drafted, ...standing.flatMap(suggestedOf)].map((one): [string, Suggestion] => [one.id, one]),
  );
  const word = { fields: run.content.fields, materialAt: run.materialAt.toISOString() };
  const asks = new Map(standing.map((one) => [findingId(one), whyNotLeft(word, one) ?? null]));
  const all = [...suggested.values(), ...suggestedBy(services.catalogue, facts)];
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
      const of = named.filter(isOf).map(({ id }) => id);
      return {
        ...one,
        considered: stands,
        risks: of,
        asks: of.length > 0 ? null : (asks.get(one.id) ?? null),
      };
    }),
    parts: new Map(risks.map((risk) => [risk.id, risk])),
  };
}

/** Significant findings of assessments in force, as the line asks for them (RI2): a draft beside them settles nothing. */
async function findingsInForce(
  reader: Reader,
  system: string,
  assessments: readonly Pick<SystemPart, 'id'>[],
): Promise<Finding[]> {
  if (assessments.length === 0) return [];
  const { byId } = await traceRows(reader, [system]);
  return assessments.flatMap(({ id }) => {
    const assessment = byId.get(id);
    const approved = assessment && approvedVersion(assessment, (one) => byId.get(one));
    if (!assessment || !approved) return [];
    return numbered(rowsOf(approved, 'effects'))
      .filter(({ row }) => isHarmful(row) && isSignificant(row))
      .map((one) => ({ ...one, assessment }))
      .filter((one) => !isNoRisk(one));
  });
}

const suggestedOf = ({ assessment: { ref }, number, row }: Finding): Suggestion[] =>
  findingsOf({ ref, fields: { effects: [{ ...row, number }] } });

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
  throw new DomainError('conflict', openWords(open, named));
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
