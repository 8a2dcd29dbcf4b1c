import { resolveRef } from '@throughline/catalogue/lookup.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import type { Coverage } from '@throughline/domain/crosswalk/coverage.ts';
import {
  frameworkNames,
  frameworks,
  itemsOf,
  type Target,
} from '@throughline/domain/crosswalk/frameworks.ts';
import { type ItemProgress, judgedByPeople } from '@throughline/domain/crosswalk/progress.ts';
import { requirementSourceOptions } from '@throughline/domain/kinds/vocabulary/law.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { dayOf, numberOf, textOf } from '@throughline/domain/trace/read.ts';
import type {
  CrosswalkRowWire,
  CrosswalkWire,
  FrameworkCoverageWire,
  GapProgressWire,
  OverlapsWire,
} from '@throughline/domain/wire-crosswalk.ts';
import type { CrosswalkView } from '../../features/crosswalk/coverage.ts';
import type { GapView } from '../../features/crosswalk/gap-analysis.ts';
import type { OverlapsView } from '../../features/crosswalk/overlaps.ts';
import type { Services } from '../../services.ts';
import { refWire } from './ref.ts';
import { abilityOf } from './sentence.ts';

type Shown = Pick<CrosswalkView, 'rows' | 'own'> & Partial<Pick<CrosswalkView, 'counts'>>;

export function crosswalkWire(
  { registry, catalogue }: Pick<Services, 'registry' | 'catalogue'>,
  actor: Actor,
  { rows, own, counts }: Shown,
): CrosswalkWire {
  const { meta } = catalogue.crosswalk;
  const titles = new Map(
    frameworks.map((framework) => [
      framework,
      new Map(itemsOf(catalogue, framework).map(({ id, title }) => [id, title])),
    ]),
  );
  const evidence = (...items: readonly string[]) =>
    Math.max(...items.map((item) => counts?.get(item)?.evidence ?? 0));
  const titleOf = (framework: Target, item: string) =>
    framework === 'own'
      ? null
      : (titles.get(framework)?.get(item) ?? resolveRef(catalogue, item)?.title ?? null);
  return {
    rule: meta.use_rule,
    warnings: meta.warnings,
    frameworks: frameworks
      .filter((framework) => framework !== 'iso42001')
      .map((id) => ({ id, name: frameworkNames[id] })),
    sources: [...new Set(rows.flatMap(({ basis }) => basis))].sort().map((id) => ({
      id,
      title: resolveRef(catalogue, id)?.title ?? id,
    })),
    rows: [...rows.map(ofCatalogue), ...own.map(ofOwn)],
    abilities: { write: abilityOf({ actor }, 'mapping', 'create') },
  };

  function ofCatalogue(row: Shown['rows'][number]): CrosswalkRowWire {
    const { id, framework, from, to, relation, confidence, basis, note } = row;
    return {
      ...{ id, framework, from, to, relation, confidence, note: note ?? null },
      ...{ own: null, fromFramework: 'iso42001', says: null },
      fromTitle: resolveRef(catalogue, from)?.title ?? null,
      toTitle: titles.get(framework)?.get(to) ?? null,
      means: meta.relations[relation] ?? relation,
      basis,
      evidence: evidence(from),
    };
  }

  function ofOwn({ row, from, to, relation, record }: Shown['own'][number]): CrosswalkRowWire {
    const { confidence, note } = row;
    const items = [from, to].filter(({ framework }) => framework === 'iso42001').map(({ item }) => item);
    return {
      ...{ id: row.id, own: refWire(registry, record), relation, confidence, note, basis: [] },
      ...{ fromFramework: from.framework, from: from.item, fromTitle: titleOf(from.framework, from.item) },
      ...{ framework: to.framework, to: to.item, toTitle: titleOf(to.framework, to.item) },
      means: meta.relations[relation] ?? relation,
      says: row.basis,
      evidence: evidence(...items, ''),
    };
  }
}

export const coverageWire = (coverage: Coverage): FrameworkCoverageWire => ({
  ...coverage,
  name: frameworkNames[coverage.framework],
});

export function overlapsWire(
  registry: Registry,
  catalogue: Catalogue,
  { overlaps, requirements, refs, names }: OverlapsView,
): OverlapsWire {
  const ref = (id: string | null) => {
    const row = id === null ? undefined : requirements.get(id);
    return row ? refWire(registry, row) : null;
  };
  const refText = (id: string) => ref(id)?.ref ?? id;
  const titles = new Map(
    frameworks.flatMap((framework) => rowsById(catalogue, framework).map((row) => [row.id, row] as const)),
  );
  return {
    groups: overlaps.map(({ members, grounds, primary, open }) => ({
      open,
      primary: ref(primary),
      members: members.flatMap((id) => {
        const [record, row] = [ref(id), requirements.get(id)];
        if (!record || !row) return [];
        const source = requirementSourceOptions.find((option) => option.id === row.source)?.label ?? '';
        const owner = row.owner === null ? null : (names.get(row.owner) ?? null);
        return [{ record, source, owner, refersTo: row.refersTo && refText(row.refersTo) }];
      }),
      grounds: grounds.map(({ between, type, by, confidence }) => {
        const row = titles.get(by);
        const control = refs.get(by);
        const words =
          type === 'crosswalk' && row
            ? `${row.from} ${row.relation} ${row.to}`
            : type === 'control' && control
              ? `${refWire(registry, control).ref} ${control.title}`
              : by;
        const [one, other] = between;
        return { type, confidence, between: [refText(one), refText(other)] as const, by: words };
      }),
    })),
  };
}

function rowsById({ crosswalk }: Catalogue, framework: (typeof frameworks)[number]) {
  switch (framework) {
    case 'nist-ai-rmf':
      return crosswalk.iso42001_to_nist_ai_rmf;
    case 'eu-ai-act':
      return crosswalk.iso42001_to_eu_ai_act;
    case 'iso27001':
      return crosswalk.iso42001_to_iso27001;
    case 'iso42001':
      return [];
  }
}

export function gapProgressWire(
  registry: Registry,
  catalogue: Catalogue,
  { record, items, tasks, names }: GapView,
): GapProgressWire {
  const { content } = record;
  // Ids of ISO/IEC 27001 are ids of our standard too, with other titles.
  const framework = judgedByPeople.find((one) => one === textOf(content, 'measures'));
  const titles = framework && new Map(itemsOf(catalogue, framework).map(({ id, title }) => [id, title]));
  const titleOf = (id: string) =>
    titles ? (titles.get(id) ?? null) : (resolveRef(catalogue, id)?.title ?? null);
  const count = (test: (item: ItemProgress) => boolean) => items.filter(test).length;
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    analysis: refWire(registry, { ...record, archived: record.archivedAt !== null }),
    version: record.version,
    measures: textOf(content, 'measures') ?? '',
    baselineOn: dayOf(content, 'baselineOn'),
    baselineAt: numberOf(content, 'baselineAt'),
    counts: {
      targets: count(({ target }) => target !== null),
      reached: count(({ stands }) => stands === 'reached'),
      over: count(({ stands }) => stands === 'over'),
      unplanned: count(({ stands }) => stands === 'unplanned'),
      forward: count(({ moved }) => moved === 'forward'),
      back: count(({ moved }) => moved === 'back'),
    },
    items: items.map((item) => ({
      ...{ item: item.item, before: item.before, now: item.now, stands: item.stands, moved: item.moved },
      title: titleOf(item.item),
      target: item.target && { ...item.target, owner: nameOf(item.target.owner) },
      tasks: item.tasks.flatMap((id) => {
        const task = tasks.get(id);
        if (!task) return [];
        const done = registry.get('task').lifecycle.states[task.state]?.ended === true;
        return [{ record: refWire(registry, task), owner: nameOf(task.assignee), due: task.due, done }];
      }),
    })),
  };
}
