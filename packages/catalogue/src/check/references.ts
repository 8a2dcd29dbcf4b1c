import { CatalogueError, type CatalogueProblem } from '../errors.ts';
import { type FileKey, fileKeys, fileNames } from '../schema/files.ts';
import type { Catalogue } from '../types.ts';
import { duplicateIds } from './duplicates.ts';
import { lawReferences } from './law.ts';
import { lawValueProblems } from './law-values.ts';
import { modelReferences } from './model.ts';
import { type Reference, refer, targetsOf } from './targets.ts';

function isoReferences({ iso42001 }: Catalogue): Reference[] {
  const { meta, clauses, annex_a } = iso42001;
  return [
    ...refer('meta.cross_checked_in', meta.cross_checked_in, 'source'),
    ...meta.title_variants.flatMap((v) => refer('meta.title_variants', v.id, 'leaf', 'control')),
    ...clauses.flatMap((c) => [
      ...refer(`clauses.${c.id}.parent`, c.parent, 'heading'),
      ...(c.level === 'heading'
        ? []
        : [
            ...refer(`clauses.${c.id}.records`, c.records, 'kind'),
            ...refer(`clauses.${c.id}.documents`, c.documents, 'document'),
            ...(c.decisions ?? []).flatMap((d) => [
              ...refer(`clauses.${c.id}.decisions.${d.id}.held_in`, d.held_in, 'kind'),
              ...refer(`clauses.${c.id}.decisions.${d.id}.decided_by`, d.decided_by, 'role'),
            ]),
          ]),
    ]),
    ...annex_a.topics.flatMap((t) => refer(`annex_a.topics.${t.id}.controls`, t.controls, 'control')),
    ...annex_a.controls.flatMap((c) => [
      ...refer(`annex_a.controls.${c.id}.topic`, c.topic, 'topic'),
      ...refer(`annex_a.controls.${c.id}.objective`, c.objective, 'objective'),
      ...refer(`annex_a.controls.${c.id}.records`, c.records, 'kind'),
      ...refer(`annex_a.controls.${c.id}.documents`, c.documents, 'document'),
    ]),
  ];
}

function documentReferences({ documents }: Catalogue): Reference[] {
  const { meta, readiness_gate, mandatory, supporting, additional } = documents;
  const { trace_walk } = readiness_gate;
  const shared = (at: string, item: { id: string; records: readonly string[]; generated_from?: unknown }) =>
    refer(`${at}.${item.id}.records`, item.records, 'kind');
  return [
    ...refer('meta', [...meta.basis, ...meta.cross_checked_in], 'source'),
    ...refer('readiness_gate.source', readiness_gate.source, 'source'),
    ...refer('readiness_gate.trace_walk.recorded_as', trace_walk.recorded_as, 'kind'),
    ...trace_walk.path.flatMap((s) => refer('readiness_gate.trace_walk.path', [s.from, s.to], 'kind')),
    ...mandatory.flatMap((item) => [
      ...shared('mandatory', item),
      ...refer(`mandatory.${item.id}.generated_from`, item.generated_from, 'kind'),
      ...refer(`mandatory.${item.id}.clause`, item.clause, 'leaf', 'heading'),
      ...refer(`mandatory.${item.id}.also`, item.also, 'control'),
      ...refer(`mandatory.${item.id}.triggers`, item.triggers, 'trigger'),
    ]),
    ...supporting.flatMap((item) => [
      ...shared('supporting', item),
      ...refer(`supporting.${item.id}.generated_from`, item.generated_from, 'kind'),
      ...refer(`supporting.${item.id}.category`, item.category, 'topic'),
      ...refer(`supporting.${item.id}.controls`, item.controls, 'control'),
    ]),
    ...additional.flatMap((item) => [
      ...shared('additional', item),
      ...refer(`additional.${item.id}.generated_from`, item.generated_from, 'kind'),
      ...refer(`additional.${item.id}.clause`, item.clause, 'leaf'),
      ...refer(`additional.${item.id}.sources`, item.sources, 'source'),
    ]),
  ];
}

function stationReferences({ stations }: Catalogue): Reference[] {
  return stations.stations.flatMap((s) => [
    ...refer(`stations.${s.id}.kinds`, s.kinds, 'kind'),
    ...refer(`stations.${s.id}.serves`, s.serves, 'leaf', 'control', 'document'),
    ...s.rules.flatMap((r) => [
      ...refer(
        `stations.${s.id}.rules.${r.id}.refs`,
        r.refs,
        'leaf',
        'control',
        'document',
        'obligation',
        'carveOut',
        'source',
      ),
      ...refer(`stations.${s.id}.rules.${r.id}.interval`, r.interval, 'calendar'),
    ]),
  ]);
}

function organisationReferences({ organisationLine }: Catalogue): Reference[] {
  const { clauses, controls } = organisationLine;
  return [
    ...clauses.flatMap((q) => refer('clauses', q.id, 'leaf')),
    ...controls.flatMap((q) => refer('controls', q.id, 'control')),
    ...[...clauses, ...controls].flatMap((q) => [
      ...refer(`${q.id}.kinds`, q.kinds, 'kind'),
      ...refer(`${q.id}.interval`, q.interval, 'calendar'),
    ]),
  ];
}

function nistReferences({ nistAiRmf }: Catalogue): Reference[] {
  return [
    ...refer('meta.cross_checked_in', nistAiRmf.meta.cross_checked_in, 'source'),
    ...nistAiRmf.categories.flatMap((c) => refer('categories', c.id.split(' ')[0], 'nistFunction')),
    ...nistAiRmf.subcategories.flatMap((s) => refer('subcategories', s.id.split('.')[0], 'nistCategory')),
  ];
}

function crosswalkReferences({ crosswalk }: Catalogue): Reference[] {
  const rows = [
    ...crosswalk.iso42001_to_nist_ai_rmf.flatMap((r) => refer(r.id, r.to, 'nist')),
    ...crosswalk.iso42001_to_eu_ai_act.flatMap((r) => refer(r.id, r.to, 'article')),
    ...[
      ...crosswalk.iso42001_to_nist_ai_rmf,
      ...crosswalk.iso42001_to_eu_ai_act,
      ...crosswalk.iso42001_to_iso27001,
    ].flatMap((r) => [...refer(r.id, r.from, 'leaf', 'control'), ...refer(r.id, r.basis, 'source')]),
  ];
  const candidates = [
    ...crosswalk.candidates_without_source_eu_ai_act.pairs,
    ...crosswalk.candidates_without_source_iso27001.pairs,
  ];
  return [
    ...rows,
    ...refer('no_counterpart_in_iso27001', crosswalk.no_counterpart_in_iso27001, 'leaf', 'control'),
    ...crosswalk.rejected_eu_ai_act.flatMap((r) => refer('rejected_eu_ai_act', r.claimed_by, 'source')),
    ...candidates.flatMap(([from]) => refer('candidates', from, 'leaf', 'control')),
  ];
}

const referencesByFile: { readonly [K in FileKey]?: (catalogue: Catalogue) => Reference[] } = {
  iso42001: isoReferences,
  documents: documentReferences,
  records: (c) =>
    c.records.kinds.flatMap((k) => refer(`kinds.${k.id}.clauses`, k.clauses, 'leaf', 'control')),
  stations: stationReferences,
  organisationLine: organisationReferences,
  nistAiRmf: nistReferences,
  crosswalk: crosswalkReferences,
  euAiAct: lawReferences,
  ...modelReferences,
};

/** Every reference of a file, for tests that count what was looked at. */
export const referencesOf = (catalogue: Catalogue, key: FileKey): readonly Reference[] =>
  referencesByFile[key]?.(catalogue) ?? [];

/** References that lead nowhere, and ids that stand twice. */
export function findBroken(catalogue: Catalogue): CatalogueProblem[] {
  const targets = targetsOf(catalogue);
  const broken = fileKeys.flatMap((key) =>
    referencesOf(catalogue, key)
      .filter(({ id, to }) => !to.some((target) => targets[target].has(id)))
      .map(({ path, id, to }) => ({
        file: fileNames[key],
        path,
        message: `${id} is no ${to.join(' or ')} of the catalogue`,
      })),
  );
  return [...broken, ...lawValueProblems(catalogue), ...duplicateIds(catalogue)];
}

/**
 * Refuses data whose files do not fit together.
 * @throws {CatalogueError} naming file, path and id of every reference that leads nowhere.
 */
export function checkReferences(catalogue: Catalogue): Catalogue {
  const problems = findBroken(catalogue);
  if (problems.length > 0) throw new CatalogueError(problems);
  return catalogue;
}
