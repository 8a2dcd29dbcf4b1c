import type { Catalogue, LawFact } from '@throughline/catalogue/types.ts';
import { notKnown } from '@throughline/domain/classification/answer-text.ts';
import { valuesOf } from '@throughline/domain/classification/answers.ts';
import type { Classified } from '@throughline/domain/classification/classify.ts';
import { vocabularyId } from '@throughline/domain/classification/keep.ts';
import { ruleSetOf } from '@throughline/domain/classification/rule-set.ts';
import { lawRoleOptions } from '@throughline/domain/kinds/vocabulary/roles.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type {
  ClassifiedWire,
  InterviewWire,
  ListedObligationWire,
  ManyClassifiedWire,
  QuestionWire,
} from '@throughline/domain/wire-classification.ts';
import type { RegisterWire } from '@throughline/domain/wire-register.ts';
import type { Interview } from '../../features/classification/interview.ts';
import type { Many } from '../../features/classification/many.ts';
import type { RegisterView } from '../../features/classification/register.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { refWire } from './ref.ts';

/** The law as a rule set has it: that of the rules in force. */
type Law = Catalogue['euAiAct'];

/** The interview with every question in words; which of them to ask next says the result. */
export function interviewWire(registry: Registry, view: Interview): InterviewWire {
  const { record, law } = view;
  return {
    classification: refWire(registry, { ...record, archived: record.archivedAt !== null }),
    useCase: view.useCase && refWire(registry, view.useCase),
    version: record.version,
    questions: questionsOf(law),
    answers: Object.fromEntries([
      ...view.answers,
      ...[...view.notKnown].map((fact) => [fact, notKnown] as const),
    ]),
    notes: Object.fromEntries(view.notes),
    known: view.known.map((one) => ({ ...one, from: refWire(registry, one.from) })),
    elsewhere: view.elsewhere.map((one) => ({ ...one, from: refWire(registry, one.from) })),
    unread: view.unread,
    result: classifiedWire(law, view.result),
    keptRuleSet: view.keptRuleSet,
    classifiedOn: view.classifiedOn,
    differs: view.differs,
  };
}

export function manyWire(registry: Registry, { law, shared, rows }: Many): ManyClassifiedWire {
  const ref = (record: StoredRecord) =>
    refWire(registry, { ...record, archived: record.archivedAt !== null });
  return {
    questions: questionsOf(law),
    shared: classifiedWire(law, shared),
    rows: rows.map(({ use, record, result, otherwise, why }) => ({
      useCase: ref(use),
      classification: record && ref(record),
      status: result?.status ?? null,
      outcomes: result ? classifiedWire(law, result).outcomes : [],
      left: result?.needed.length ?? 0,
      otherwise,
      why,
    })),
  };
}

export function classifiedWire(law: Law, result: Classified): ClassifiedWire {
  const labels = new Map(law.outcomes.map(({ id, label }) => [id, label]));
  const named = (ids: readonly string[]) =>
    ids.map((id) => ({ id: vocabularyId(id), label: labels.get(id) ?? id }));
  const notes = new Map(law.rules.map(({ id, note }) => [id, note ?? null]));
  return {
    ruleSet: result.ruleSet,
    on: result.on,
    status: result.status,
    outcomes: named(result.outcomes),
    prohibitedFrom: result.prohibitedFrom,
    atLeast: named(result.atLeast),
    alerts: named(result.alerts),
    needed: result.needed,
    idle: result.idle,
    contradictions: result.contradictions,
    path: result.path.map(({ rule, article, truth, set }) => ({
      rule,
      article,
      truth,
      set: set.map(vocabularyId),
      note: notes.get(rule) ?? null,
    })),
    obligations: obligationsOf(law, result),
  };
}

function obligationsOf(law: Law, result: Classified): ListedObligationWire[] {
  const byId = new Map(law.obligations.map((one) => [one.id, one]));
  const carveOuts = new Map(law.carve_outs.items.map((one) => [one.id, one]));
  const carved = new Map(result.carveOuts.map(({ id, obligation }) => [obligation, carveOuts.get(id)]));
  return result.obligations.flatMap(({ id, status, from, formalFrom, because, dischargedBy }) => {
    const said = byId.get(id);
    if (!said) return [];
    const { article, title, summary } = said;
    const carve = carved.get(id);
    const carveOut = carve ? `${carve.ref}: ${law.carve_outs.effects[carve.effect]} ${carve.by}` : null;
    return [{ id, article, title, summary, status, from, formalFrom, because, dischargedBy, carveOut }];
  });
}

function questionsOf(law: Law): QuestionWire[] {
  const { annexIII } = ruleSetOf({ euAiAct: law });
  const words = valueWords(law);
  return law.facts
    .filter((fact) => fact.level !== 'run')
    .map((fact: LawFact) => ({
      fact: fact.id,
      group: fact.group,
      level: fact.level,
      type: fact.type,
      article: fact.article,
      ask: fact.ask,
      help: fact.help ?? null,
      example: fact.example ?? null,
      values: [...valuesOf(fact, annexIII), ...(fact.special ?? [])].map((id) => ({
        id,
        label: words(fact.id, id),
      })),
    }));
}

/** Words that the law's file has for a value of a fact. The others are words of the page. */
function valueWords(law: Law): (fact: string, value: string) => string | null {
  const practices = new Map(law.prohibited_practices.map(({ id, ref, name }) => [id, `${ref} ${name}`]));
  const acts = new Map(
    [...law.annex_i.section_a, ...law.annex_i.section_b].map(({ id, act, subject }) => [
      id,
      `${act}, ${subject}`,
    ]),
  );
  const points = new Map(law.annex_iii.map(({ id, summary }) => [id, `${id.slice(4)} ${summary}`]));
  const conditions = new Map(
    law.derogation_art_6_3.conditions.map(({ id, summary }) => [id, `(${id}) ${summary}`]),
  );
  const events = new Map(law.value_chain_art_25.map(({ id, ref, summary }) => [id, `${ref} ${summary}`]));
  const roles = new Map<string, string>(
    lawRoleOptions.map(({ id, label }) => [id.replaceAll('-', '_'), label]),
  );
  const byFact: Readonly<Record<string, ReadonlyMap<string, string>>> = {
    practices,
    practice_exceptions: practices,
    annex_i_act: acts,
    annex_iii_points: points,
    derogation_conditions: conditions,
    value_chain_events: events,
    roles,
  };
  return (fact, value) => (value === 'none' ? null : (byFact[fact]?.get(value) ?? null));
}

/** What the register of obligations needs, in the words of the law. */
export function registerWire(registry: Registry, view: RegisterView): RegisterWire {
  const { law } = view;
  const refOf = (id: string | null) => {
    const row = id === null ? undefined : view.refs.get(id);
    return row ? refWire(registry, row) : null;
  };
  const byId = new Map(law.obligations.map((one) => [one.id, one]));
  return {
    notYet: view.notYet,
    duties: view.duties.flatMap((duty) => {
      const said = byId.get(duty.item);
      if (!said) return [];
      const { article, title, discharged_by: dischargedBy } = said;
      return [{ ...duty, article, title, dischargedBy, record: refOf(duty.record) }];
    }),
    fellAway: view.fellAway.flatMap(({ id, item }) => {
      const record = refOf(id);
      return record ? [{ item, record }] : [];
    }),
  };
}
