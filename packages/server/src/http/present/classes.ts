import { notKnown } from '@throughline/domain/classification/answer-text.ts';
import { tierWords } from '@throughline/domain/classification/keep-tier.ts';
import type { ClassOfUse, SchemeOfUse, TierOfUse } from '@throughline/domain/classification/side-by-side.ts';
import { ownPrefix, registerFacts, type TierFact } from '@throughline/domain/classification/tier-facts.ts';
import { dayIn } from '@throughline/domain/day.ts';
import type { Option } from '@throughline/domain/kinds/fields.ts';
import {
  classGivers,
  classificationSchemes,
  lawOutcomes,
  overlayOptions,
} from '@throughline/domain/kinds/vocabulary/law.ts';
import { levels } from '@throughline/domain/kinds/vocabulary/scales.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { listOf, type Readable, textOf } from '@throughline/domain/trace/read.ts';
import type {
  ClassOfUseWire,
  DueClassesWire,
  SchemeTableWire,
  TierComparisonWire,
  TierFactWire,
  TierOfUseWire,
  UseClassesWire,
} from '@throughline/domain/wire-classes.ts';
import type { UseView } from '../../features/classification/classes-of-use.ts';
import type { SchemeTable, TierComparison } from '../../features/classification/scheme-table.ts';
import type { DueList } from '../../features/classification/validate.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { refWire } from './ref.ts';

const labelOf = (options: readonly Option[], id: string): string =>
  options.find((option) => option.id === id)?.label ?? id;

const recordWire = (registry: Registry, record: StoredRecord) =>
  refWire(registry, { ...record, archived: record.archivedAt !== null });

const factWire = ({ id, label, many, values }: TierFact): TierFactWire => ({
  ...{ id, label, many },
  values: values.map((value) => ({ id: value.id, label: value.label })),
});

export function schemeTableWire(
  registry: Registry,
  { record, table, findings }: SchemeTable,
): SchemeTableWire {
  return {
    scheme: recordWire(registry, record),
    version: record.version,
    inForce: record.inForce,
    hits: table.hits,
    levels: table.levels,
    rows: table.rows,
    asked: [...table.facts.keys()],
    facts: [...registerFacts, ...table.questions].map(factWire),
    questions: table.questions.map(({ id, label, ask, values }) => ({
      ...{ id, key: label, ask },
      answers: values.map((value) => value.label),
    })),
    findings,
  };
}

export function tierComparisonWire(registry: Registry, compared: TierComparison): TierComparisonWire {
  const { record, looked, changed } = compared;
  return {
    scheme: recordWire(registry, record),
    version: record.version,
    inForce: record.inForce,
    looked,
    changed: changed.map(({ row, before, after, open, asked }) => ({
      record: refWire(registry, { ...row, archived: row.archivedAt !== null }),
      ...{ before, after, open, asked },
    })),
  };
}

export function useClassesWire(registry: Registry, view: UseView): UseClassesWire {
  const { refs, use } = view;
  const ref = (id: string | null) => {
    const row = id === null ? undefined : refs.get(id);
    return row ? refWire(registry, row) : null;
  };
  const classes = (found: readonly ClassOfUse[]) =>
    found.flatMap((one) => {
      const record = ref(one.record.id);
      return record ? [{ record, ...classWire(one, view) }] : [];
    });
  return {
    useCase: recordWire(registry, use),
    system: ref(use.system),
    schemes: view.schemes.map((one) => ({
      method: one.method,
      scheme: ref(one.scheme?.id ?? null),
      name: one.scheme?.title ?? labelOf(classificationSchemes, 'eu-ai-act'),
      version: one.scheme?.version ?? null,
      askedWhere: one.askedWhere.map((law) => labelOf(overlayOptions, law)),
      asked: one.asked,
      classes: classes(one.classes),
      withdrawn: classes(one.withdrawn),
      apart: one.apart,
      tier: one.tier && tierWire(one.tier, one.classes),
    })),
    loose: classes(view.loose),
    stated: view.stated,
  };
}

function classWire(
  { content, record, signedOff, due, waits, unanswered, levelGone, takenBack }: ClassOfUse,
  { today, timeZone, names }: Pick<UseView, 'today' | 'timeZone' | 'names'>,
): Omit<ClassOfUseWire, 'record'> {
  const giver = textOf(content, 'givenBy');
  return {
    outcome: unanswered ? null : outcomeWords(content),
    stated: unanswered ? outcomeWords(content) : null,
    prohibitedFrom: textOf(content, 'prohibitedFrom'),
    signedOff,
    on: textOf(content, 'givenOn') ?? textOf(content, 'classifiedOn'),
    givenBy: textOf(content, 'giverName') ?? (giver && labelOf(classGivers, giver)),
    validatedOn: textOf(record, 'validatedOn'),
    ...{ due, waits, levelGone },
    over: signedOff && due !== null && due < today,
    takenBack: takenBack && {
      ...{ said: outcomeWords(takenBack.said), signedOff: takenBack.signedOff },
      by: takenBack.by && (names.get(takenBack.by) ?? null),
      on: dayIn(new Date(takenBack.at), timeZone),
      reason: takenBack.reason,
    },
  };
}

function outcomeWords(content: Readable): string | null {
  const scheme = textOf(content, 'scheme');
  if (scheme === 'eu-ai-act') {
    const found = listOf(content, 'outcomes').map((id) => labelOf(lawOutcomes, id));
    return found.length === 0 ? null : found.join(', ');
  }
  const tier = textOf(content, 'tier');
  return scheme === 'own-tier'
    ? (textOf(content, 'tierName') ?? (tier && labelOf(levels, tier)))
    : textOf(content, 'otherOutcome');
}

function tierWire(
  { table, answers, notKnown: open, result, differs }: TierOfUse,
  classes: SchemeOfUse['classes'],
): TierOfUseWire {
  const labels = (fact: TierFact) => (answers.get(fact.id) ?? []).map((said) => labelOf(fact.values, said));
  const needed = new Set(result.needed);
  return {
    level: result.level && { level: result.level.level, meaning: result.level.meaning },
    atLeast: result.atLeast?.level ?? null,
    open: result.open,
    needed: result.needed.filter((fact) => !fact.startsWith(ownPrefix)).map((fact) => tierWords(table, fact)),
    known: [...table.facts.values()]
      .filter(({ id }) => answers.has(id) && !id.startsWith(ownPrefix))
      .map((fact) => ({ label: fact.label, values: labels(fact) })),
    questions: table.questions.map(({ id, ask, values }) => ({
      ...{ id, ask },
      values: values.map((value) => ({ id: value.id, label: value.label })),
      answer: answers.get(id)?.[0] ?? (open.has(id) ? notKnown : null),
      needed: needed.has(id),
    })),
    fits: result.fits.map(({ row, level, because }) => ({ row, level, because })),
    differs: differs && classes.length > 0,
  };
}

export function dueClassesWire(
  registry: Registry,
  names: ReadonlyMap<string, string>,
  { today, of, over, undated, rows }: DueList,
): DueClassesWire {
  return {
    ...{ today, of, over, undated },
    rows: rows.map((row) => ({
      record: refWire(registry, row),
      scheme: row.scheme === null ? '' : labelOf(classificationSchemes, row.scheme),
      owner: row.owner === null ? null : (names.get(row.owner) ?? null),
      due: row.due ?? '',
      over: row.over,
    })),
  };
}
