import type { Catalogue, OrganisationQuestion } from '@throughline/catalogue/types.ts';
import { daysBetween } from '../../day.ts';
import { kindWords } from '../../kind-words.ts';
import { Clock } from '../clock.ts';
import { onImported } from '../imported.ts';
import { notApplicable, unverifiable } from '../judge.ts';
import { type OrganisationFacts, organisationFacts } from '../organisation-facts.ts';
import { count, say } from '../say.ts';
import { soonDays } from '../stages.ts';
import type { Judgement, OrganisationLine, QuestionResult, Sentence } from '../types.ts';
import { gapsOver, holdingOver, recordsOver, untilOver, verdictOver, whysOver } from '../verdict.ts';
import { clauseQuestions } from './clauses.ts';
import type { OrganisationContext, Question, SystemsSummary } from './context.ts';
import { controlQuestions } from './controls.ts';
import { laterQuestions } from './later.ts';
import { type MandatoryItem, mandatoryItems } from './mandatory.ts';
import { controlDecisions } from './statement.ts';

/** Questions in code, by clause and by control. */
export const organisationQuestions: readonly Question[] = [...clauseQuestions, ...controlQuestions];
const byId: ReadonlyMap<string, Question> = new Map(
  organisationQuestions.map((question) => [question.id, question]),
);

/**
 * The organisation's own line: 32 clauses and 20 controls. `systems` is what the kept lines of the systems add up
 * to; without it nothing is said about systems. Facts made on another day are made again.
 */
export function organisationLine(
  organisation: OrganisationFacts,
  catalogue: Catalogue,
  now: Date,
  systems: SystemsSummary | null = null,
): OrganisationLine {
  const facts = onDay(organisation, catalogue, now);
  const o: OrganisationContext = { organisation: facts, clock: new Clock(facts.today), systems };
  const { clauses, controls } = catalogue.organisationLine;
  const questions = [
    ...clauses.map((declared) => answer(o, declared, 'clause')),
    ...controls.map((declared) => answer(o, declared, 'control')),
  ];
  const turn = o.clock.nextTurn;
  return {
    asOf: now.toISOString(),
    questions,
    recheckAt: turn === null ? null : facts.zone.startOf(turn),
  };
}

/** The mandatory set and the supporting items, in the order of the catalogue. */
export function mandatorySet(
  organisation: OrganisationFacts,
  catalogue: Catalogue,
  now: Date,
  systems: SystemsSummary | null = null,
): { readonly mandatory: readonly MandatoryItem[]; readonly supporting: readonly MandatoryItem[] } {
  const facts = onDay(organisation, catalogue, now);
  const o: OrganisationContext = { organisation: facts, clock: new Clock(facts.today), systems };
  return { mandatory: mandatoryItems(o, 'mandatory'), supporting: mandatoryItems(o, 'supporting') };
}

function onDay(organisation: OrganisationFacts, catalogue: Catalogue, now: Date): OrganisationFacts {
  const today = organisation.zone.dayOf(now.toISOString());
  return today === organisation.today ? organisation : organisationFacts(organisation.inputs, catalogue, now);
}

function answer(
  o: OrganisationContext,
  declared: OrganisationQuestion,
  type: 'clause' | 'control',
): QuestionResult {
  const question = byId.get(declared.id);
  const judgement = question ? judge(o, question, type) : later(declared.id);
  const judged = [{ rule: declared.id, weight: declared.weight, judgement }];
  const verdict = verdictOver(judged);
  const gaps = gapsOver(judged, o.clock);
  const holdsUntil = untilOver(judged);
  const waitsFor = question?.waits ?? laterQuestions[declared.id] ?? [];
  return {
    id: declared.id,
    type,
    verdict,
    statement: statement(judgement, gaps.length),
    holdsUntil,
    soon: holdsUntil !== null && daysBetween(o.clock.today, holdsUntil) <= soonDays,
    gaps,
    holding: holdingOver(judged),
    unverifiable: whysOver(judged, 'unverifiable'),
    notApplicable: whysOver(judged, 'not-applicable'),
    later: question ? [] : [{ rule: declared.id, waitsFor }],
    partly: question && waitsFor.length > 0 ? [{ rule: declared.id, waitsFor }] : [],
    records: recordsOver(judged),
  };
}

/** A control is asked about only while it is applicable; what waits for a later release never holds today. */
function judge(o: OrganisationContext, question: Question, type: 'clause' | 'control'): Judgement {
  if (type === 'control') {
    const row = controlDecisions(o).find((decision) => decision.id === question.id);
    if (row?.decided === 'excluded' && row.line)
      return notApplicable(say('q-excluded', { line: { record: row.line.id } }));
  }
  const judged = onImported(question.judge(o), (one) => o.organisation.byId.get(one));
  if (judged.verdict !== 'holds' || !question.waits) return judged;
  return unverifiable(say('q-waits', { kinds: kindWords(question.waits) }), judged.records);
}

function later(id: string): Judgement {
  const kinds = laterQuestions[id];
  return unverifiable(say('q-later', { kinds: kindWords(kinds ?? []) }));
}

function statement(judgement: Judgement, gaps: number): Sentence {
  switch (judgement.verdict) {
    case 'gap':
      return gaps === 1 ? (judgement.gaps[0]?.sentence ?? []) : say('q-gaps', { gaps: count(gaps, 'gap') });
    case 'holds':
      return say('q-holds', { records: count(judgement.records.length, 'record') });
    case 'accepted':
      return judgement.gaps[0]?.sentence ?? [];
    case 'unverifiable':
    case 'not-applicable':
      return judgement.why;
  }
}
