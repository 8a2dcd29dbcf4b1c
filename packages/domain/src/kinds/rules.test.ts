import { homeOf } from '@throughline/catalogue/later.ts';
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import { registry } from './all.ts';

/**
 * For each rule of the line: the parts that can hold what it judges, as `kind.part` (`kind.state` and `kind.approval`
 * are the kernel's). `later` names kinds of later releases that the rule needs as well: it says so, and is not faked.
 */
type Needs = { readonly parts: readonly string[]; readonly later?: readonly string[] };
const needs: Readonly<Record<string, Needs>> = {
  SC1: {
    parts: [
      'document.coversSystems',
      'document.inclusionRule',
      'document.excludesSystems',
      'document.exclusions',
      'system.inScope',
      'system.scopeReason',
    ],
  },
  SC2: {
    parts: [
      'system.inScope',
      'system.legalOverlay',
      'classification.useCase',
      'obligation.concerns',
      'incident.system',
      'concern.systems',
    ],
  },
  SC3: { parts: ['use-case.organisationRoles', 'use-case.lawRoles'] },
  SC4: { parts: ['document.reviewedOn', 'document.nextReview', 'document.reviewOutcome'] },
  SC5: { parts: ['document.markets', 'system.markets', 'system.legalOverlay'] },
  SC6: { parts: [], later: ['reconciliation'] },
  PO1: { parts: ['document.type', 'document.approval'] },
  PO2: {
    parts: [
      'document.fitForPurpose',
      'document.framesObjectives',
      'document.commitsToRequirements',
      'document.commitsToImprovement',
    ],
  },
  PO3: {
    parts: ['document.communicatedInside', 'document.communicatedInsideOn', 'document.availableOutside'],
    later: ['awareness'],
  },
  PO4: { parts: ['document.reviewedOn', 'document.nextReview'] },
  PO5: { parts: ['document.overlaps.policy', 'document.overlaps.alignment', 'document.overlaps.resolveBy'] },
  PO6: { parts: ['document.namesImpactProcess', 'document.reach', 'document.units', 'system.unit'] },
  OW1: {
    parts: [
      'system.owner',
      'role-assignment.role',
      'role-assignment.person',
      'role-assignment.acceptedOn',
      'role-assignment.system',
    ],
  },
  OW2: { parts: ['system.deputy', 'role-assignment.deputy'] },
  OW3: {
    parts: ['role-assignment.role', 'system.usesDataset', 'system.usesSupplier', 'use-case.humanOversight'],
  },
  OW4: {
    parts: [
      'competence.role',
      'competence.person',
      'competence.levelNeeded',
      'competence.levelShown',
      'competence.validUntil',
      'competence.gapAction',
      'competence.gapDue',
    ],
  },
  OW5: { parts: ['role-assignment.trainedOn', 'role-assignment.authority', 'role-assignment.support'] },
  OW6: { parts: [], later: ['training'] },
  OW7: { parts: [], later: ['attestation'] },
  UC1: {
    parts: [
      'use-case.purpose',
      'use-case.context',
      'use-case.users',
      'use-case.affectedPersons',
      'use-case.foreseeableMisuse',
      'use-case.prohibitedUses',
    ],
  },
  UC2: { parts: ['use-case.approval', 'use-case.state'] },
  UC3: { parts: ['use-case.autonomy'] },
  UC4: { parts: ['use-case.state', 'use-case.closingNote', 'use-case.retiredOn'] },
  UC5: { parts: ['use-case.reviewedOn', 'use-case.nextReview', 'use-case.offPurposeUse'] },
  UC6: { parts: ['use-case.instructionsFollowed', 'use-case.instructionMeasures', 'system.instructions'] },
  SU1: {
    parts: ['supplier.diligenceOn', 'supplier.firstUsedOn', 'supplier.catchUpBy', 'supplier.catchUpReason'],
  },
  SU2: {
    parts: [
      'responsibility.stages',
      'responsibility.inWriting',
      'responsibility.validFrom',
      'responsibility.validTo',
      'responsibility.supplier',
    ],
  },
  SU3: { parts: ['supplier.changeNotice', 'supplier.logAccess', 'supplier.correctionRight'] },
  SU4: { parts: ['dataset.provenance', 'dataset.rights', 'dataset.qualityResults'] },
  SU5: {
    parts: [
      'system.usesModel',
      'system.usesDataset',
      'system.usesResource',
      'resource.type',
      'system-version.containsModel',
      'system-version.containsDataset',
    ],
  },
  SU6: {
    parts: [
      'supplier.reviewedOn',
      'supplier.nextReview',
      'supplier.demands.due',
      'supplier.demands.answered',
    ],
  },
  SU7: { parts: [], later: ['customer'] },
  SU8: { parts: ['responsibility.informationAndAccess', 'responsibility.inWriting'] },
  SU9: { parts: ['use-case.inputDataRelevant', 'use-case.inputDataCheckedOn'] },
  CL1: { parts: ['classification.scheme', 'classification.useCase', 'system.legalOverlay'] },
  CL2: { parts: ['classification.tier'] },
  CL3: {
    parts: [
      'classification.state',
      'classification.outcomes',
      'classification.openFacts',
      'classification.certain',
    ],
  },
  CL4: { parts: ['classification.outcomes', 'classification.prohibitedFrom', 'use-case.state'] },
  CL5: { parts: ['classification.approval', 'classification.ruleVersion'] },
  CL6: { parts: ['classification.validatedOn', 'classification.nextValidation'] },
  CL7: {
    parts: ['classification.derogation', 'classification.derogationReason', 'classification.registeredOn'],
  },
  CL8: {
    parts: [
      'classification.obligations',
      'classification.approval',
      'classification.answers',
      'obligation.followsFrom',
      'obligation.item',
      'obligation.source',
      'obligation.state',
      'obligation.appliesFrom',
      'obligation.appliesTo',
      'obligation.owner',
      'obligation.due',
      'obligation.metBy',
      'obligation.refersTo',
    ],
  },
  IM1: {
    parts: [
      'impact-assessment.covers',
      'impact-assessment.classes',
      'impact-assessment.togetherReason',
      'impact-assessment.state',
      'impact-assessment.approval',
    ],
  },
  IM2: {
    parts: [
      'impact-assessment.effects.level',
      'impact-assessment.effects.polarity',
      'impact-assessment.effects.reason',
      'impact-assessment.misuse',
      'impact-assessment.toConfirm',
    ],
  },
  IM3: { parts: ['impact-assessment.assessedOn', 'impact-assessment.nextReview'] },
  IM4: {
    parts: [
      'impact-assessment.proposedChange',
      'impact-assessment.changeEffectiveOn',
      'impact-assessment.approval',
    ],
    later: ['change-request'],
  },
  IM5: { parts: ['impact-assessment.retention', 'impact-assessment.keepUntil', 'impact-assessment.version'] },
  IM6: {
    parts: [
      'impact-assessment.dpia',
      'impact-assessment.dpiaReason',
      'impact-assessment.dpiaReference',
      'impact-assessment.fria',
      'impact-assessment.friaReason',
      'impact-assessment.friaReference',
    ],
  },
  IM7: {
    parts: [
      'impact-assessment.friaOn',
      'impact-assessment.friaNotifiedOn',
      'impact-assessment.friaNotNotified',
      'impact-assessment.friaProcesses',
      'impact-assessment.friaPeriod',
      'impact-assessment.friaOversight',
      'impact-assessment.friaMeasures',
      'impact-assessment.affectedGroups',
      'system-version.liveFrom',
      'use-case.liveSince',
    ],
  },
  IM8: {
    parts: [
      'impact-assessment.consulted',
      'impact-assessment.consultation',
      'impact-assessment.effects.severity',
    ],
  },
  IM9: { parts: ['impact-assessment.continuation', 'impact-assessment.approval', 'use-case.state'] },
  IM10: {
    parts: [
      'classification.outcomes',
      'classification.prohibitedFrom',
      'classification.approval',
      'use-case.state',
    ],
  },
  IM11: {
    parts: [
      'impact-assessment.method',
      'impact-assessment.methodVersion',
      'document.approval',
      'document.state',
      'document.transitionOn',
    ],
  },
  RI1: {
    parts: [
      'risk-assessment.state',
      'risk-assessment.heldOn',
      'risk-assessment.nextRun',
      'risk-assessment.method',
    ],
    later: ['change-request'],
  },
  RI2: {
    parts: [
      'impact-assessment.effects.number',
      'impact-assessment.effects.answer',
      'impact-assessment.effects.reason',
      'impact-assessment.effects.severity',
      'risk.carries',
      'risk.carriedEffects',
      'risk.findingsUsed',
      'risk-assessment.state',
      'risk-assessment.considered.from',
      'risk-assessment.considered.answer',
      'risk-assessment.considered.reason',
    ],
  },
  RI3: {
    parts: ['risk.currentOrganisation', 'risk.currentIndividuals', 'risk.currentSociety', 'risk.owner'],
  },
  RI4: {
    parts: [
      'risk.currentLevel',
      'risk.targetLevel',
      'risk-criteria.thresholds.level',
      'treatment.risks',
      'treatment.approval',
      'treatment.controls',
      'treatment.compared.control',
      'treatment.compared.answer',
      'treatment.compared.reason',
      'control.item',
      'treatment.actions.owner',
      'treatment.actions.due',
      'treatment.actions.doneOn',
    ],
  },
  RI5: { parts: ['risk.residualLevel', 'risk.approval', 'risk.acceptanceUntil'] },
  RI6: {
    parts: [
      'risk.criteriaVersion',
      'risk.rated.likelihood',
      'risk.rated.consequence',
      'risk-criteria.approval',
      'risk-criteria.matrix.level',
      'risk-criteria.transitionUntil',
    ],
  },
  RI7: { parts: ['risk.protects', 'use-case.lawRoles', 'classification.outcomes'] },
  RI8: { parts: [], later: ['opportunity'] },
  CO1: {
    parts: [
      'treatment.controls',
      'obligation.controls',
      'impact-assessment.controls',
      'applicability.control',
      'applicability.decision',
      'applicability.approval',
    ],
  },
  CO2: { parts: ['applicability.justification', 'applicability.reasonedBy'] },
  CO3: {
    parts: [
      'implementation.control',
      'implementation.state',
      'implementation.firstPlannedOn',
      'implementation.interimRisk',
      'risk.acceptanceType',
      'risk.approval',
    ],
  },
  CO4: { parts: ['obligation.controls', 'gate.controls', 'implementation.state'] },
  CO5: {
    parts: ['implementation.firstPlannedOn', 'implementation.plannedOn', 'implementation.movedBecause'],
  },
  CO6: {
    parts: [
      'implementation.owner',
      'implementation.howItWorks',
      'implementation.occurrences',
      'implementation.occurrencesExpected',
    ],
  },
  CO7: { parts: ['obligation.source', 'obligation.controls', 'implementation.state'] },
  RE1: {
    parts: [
      'gate.version',
      'gate.type',
      'gate.decidedOn',
      'system-version.liveFrom',
      'gate.retrospective',
      'gate.retrospectiveReason',
      'gate.missingBy',
    ],
  },
  RE2: { parts: ['gate.requestedBy', 'gate.decidedBy', 'gate.approval', 'gate.criteria.answer'] },
  RE3: {
    parts: [
      'verification.version',
      'verification.measures',
      'verification.results',
      'verification.verdict',
      'verification.approval',
    ],
  },
  RE4: {
    parts: [
      'requirement-spec.versions',
      'requirement-spec.approval',
      'design-record.versions',
      'design-record.approval',
      'use-case.sourcing',
    ],
  },
  RE5: {
    parts: ['system-version.emergency', 'system-version.emergencyReviewedOn'],
    later: ['change-request'],
  },
  RE6: { parts: ['regulatory-file.obligations', 'regulatory-file.doneOn', 'regulatory-file.state'] },
  RE7: { parts: ['regulatory-file.obligations', 'regulatory-file.state'] },
  IN1: {
    parts: ['system-card.version', 'system-card.approval', 'notice.version', 'system-version.state'],
  },
  IN2: { parts: ['notice.audience', 'notice.source', 'notice.delivery', 'notice.proof'] },
  IN3: { parts: ['notice.obligations', 'notice.moment', 'notice.givenSince'] },
  IN4: { parts: ['notice.audience', 'notice.moment', 'notice.givenSince'] },
  IN5: {
    parts: ['notice.contestRoute', 'notice.reportRoute', 'concern.answerBy', 'concern.answeredOn'],
    later: ['review-request'],
  },
  IN6: { parts: ['document.type', 'document.approval'] },
  IN7: { parts: [], later: ['customer'] },
  IN8: { parts: ['notice.triedOnReaders', 'notice.accessible'] },
  OP1: { parts: ['monitor.rhythm', 'monitor.evaluator'], later: ['measurement'] },
  OP2: { parts: ['monitor.reaction', 'monitor.reactionLimit'], later: ['measurement'] },
  OP3: {
    parts: [
      'log-plan.heldBy',
      'log-plan.right',
      'log-plan.rightTriedOn',
      'log-plan.checkedOn',
      'log-plan.nextCheck',
    ],
  },
  OP4: { parts: ['log-plan.retentionMonths'] },
  OP5: { parts: [], later: ['boundary', 'oversight-decision'] },
  OP6: { parts: [], later: ['oversight-decision'] },
  OP7: { parts: ['monitor.subject', 'system.instructions', 'incident.reports'], later: ['measurement'] },
  OP8: { parts: ['regulatory-file.obligations', 'regulatory-file.state'] },
  EV1: {
    parts: ['evidence.controls', 'evidence.implementation', 'evidence.periodFrom', 'evidence.periodTo'],
  },
  EV2: { parts: ['implementation.occurrences', 'evidence.occurrence'] },
  EV3: {
    parts: ['evidence.periodFrom', 'evidence.periodTo', 'evidence.controls'],
    later: ['change-request'],
  },
  EV4: {
    parts: [
      'control-test.conclusion',
      'control-test.testedOn',
      'control-test.tester',
      'control.owner',
      'implementation.owner',
    ],
  },
  EV5: {
    parts: ['control-test.conclusion', 'control-test.testedOn', 'nonconformity.test', 'treatment.controls'],
  },
  EV6: { parts: ['evidence.digest', 'evidence.origin', 'evidence.integrity', 'evidence.keepUntil'] },
  EV7: { parts: ['evidence.type'] },
  AS1: { parts: ['audit.populations', 'audit.sample', 'walk.population'], later: ['audit-programme'] },
  AS2: { parts: ['audit.systems', 'audit.reportIssuedOn', 'walk.walkedOn', 'walk.system'] },
  AS3: { parts: ['walk.walker', 'walk.independence', 'walk.periodFrom', 'walk.periodTo'] },
  AS4: {
    parts: [
      'incident.triagedAt',
      'incident.triageBy',
      'incident.awareAt',
      'concern.triagedAt',
      'concern.triageBy',
    ],
    later: ['concern'],
  },
  AS5: { parts: ['incident.serious', 'incident.awareAt', 'incident.reports.due', 'incident.reports.sent'] },
  AS6: { parts: ['finding.grade', 'finding.answerDue', 'finding.followUp', 'finding.state'] },
  AS7: { parts: ['audit.systems', 'walk.walkedOn'] },
  CR1: {
    parts: [
      'nonconformity.detectedOn',
      'nonconformity.correctionDoneOn',
      'nonconformity.causeFoundOn',
      'nonconformity.actionDoneOn',
      'nonconformity.checkedOn',
      'nonconformity.grade',
      'nonconformity.limitsMoved',
    ],
  },
  CR2: { parts: ['nonconformity.correction', 'nonconformity.consequences'] },
  CR3: { parts: ['nonconformity.rootCause', 'nonconformity.similarCases', 'nonconformity.similar'] },
  CR4: {
    parts: [
      'corrective-action.verdict',
      'corrective-action.verifier',
      'corrective-action.owner',
      'corrective-action.effectivenessCriteria',
      'corrective-action.operationNeeded',
      'corrective-action.operationSeen',
    ],
  },
  CR5: { parts: ['nonconformity.controls', 'nonconformity.level', 'nonconformity.system'] },
  CR6: { parts: ['nonconformity.correction', 'nonconformity.requirementSource', 'use-case.lawRoles'] },
  CR7: { parts: ['finding.grade', 'finding.followUp', 'finding.answer'] },
};

const catalogue = loadCatalogue();
const rules = catalogue.stations.stations.flatMap((station) => station.rules);

function isPart(path: string): boolean {
  const [name = '', part = '', cell] = path.split('.');
  const kind = registry.find(name);
  if (!kind) return false;
  if (part === 'approval') return kind.approvable !== undefined;
  if (part === 'state' || part === 'version') return true;
  const field = kind.fields[part];
  if (cell !== undefined) return field?.type === 'rows' && cell in field.columns;
  return field !== undefined || part in kind.relations;
}

test('every rule of the line is answered, and no other', () => {
  expect(Object.keys(needs).sort()).toEqual(rules.map((rule) => rule.id).sort());
});

describe.each(rules.map((rule) => [rule.id, rule.text] as const))('%s: %s', (id) => {
  const { parts, later = [] } = needs[id] ?? { parts: [] };

  test('what it judges has a place, now or in a kind that is named', () => {
    expect(parts.length + later.length).toBeGreaterThan(0);
    expect(parts.filter((part) => !isPart(part))).toEqual([]);
  });

  test('what is called later is really not there yet', () => {
    // What is sealed is there, and no line reads it.
    for (const kind of later.filter((one) => !registry.isSealed(one)))
      expect(homeOf(kind)?.home).toBe('later');
  });
});

test('the kinds that the organisation’s line draws on are here, tables, or later by name', () => {
  const line = [...catalogue.organisationLine.clauses, ...catalogue.organisationLine.controls];
  for (const question of line)
    for (const kind of question.kinds) expect(homeOf(kind), `${question.id} ${kind}`).toBeDefined();
});
