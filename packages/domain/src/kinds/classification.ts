import { says } from '../trace/read.ts';
import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind, uses, within } from './kind.ts';
import { classGivers, classificationSchemes, lawOutcomes } from './vocabulary/law.ts';
import { lawRoleOptions } from './vocabulary/roles.ts';
import { levels } from './vocabulary/scales.ts';

/**
 * The class of one use case under one scheme (4.1). `outcomes` speaks for `eu-ai-act`, `tier` for `own-tier`,
 * `otherOutcome` for any other scheme. Undetermined is an outcome, with `openFacts` and `certain`; it cannot be made
 * final. Sign-off is the approval of the version.
 */
export const classification = defineKind({
  name: 'classification',
  prefix: 'CLS',
  collection: 'classifications',
  label: 'Classification',
  plural: 'Classifications',
  purpose:
    'How serious a use is, in law and by your own measure, with the answers that led there (4.1). A form nobody filled in has no class.',
  regime: 'versioned',
  fields: {
    name: named('Title', ['classification', 'title']),
    scheme: f.choice(classificationSchemes, {
      label: 'Scheme',
      required: true,
      station: 'classification',
      column: true,
      alsoCalled: ['scheme', 'framework'],
    }),
    schemeName: f.line({ label: 'Name of the scheme', station: 'classification' }),
    ruleVersion: f.line({ label: 'Version of the rules', station: 'classification' }),
    owner: owned('Who answers for the answers.', 'classification'),
    answers: f.rows(
      {
        fact: f.line({ label: 'Question', max: 300 }),
        answer: f.line({ label: 'Answer', max: 300 }),
        note: f.line({ label: 'Note', max: 300 }),
      },
      { label: 'Answers', station: 'classification', byAct: true },
    ),
    outcomes: f.choices(lawOutcomes, {
      label: 'Outcome in law',
      station: 'classification',
      column: true,
      alsoCalled: ['eu ai act class', 'risk class', 'outcome'],
      byAct: true,
    }),
    tier: f.choice(levels, {
      label: 'Own tier',
      station: 'classification',
      column: true,
      alsoCalled: ['tier', 'risk tier', 'internal risk level'],
    }),
    tierName: f.line({
      label: 'Tier in your words',
      help: 'The level of the decision table that gave the tier.',
      station: 'classification',
      max: 60,
    }),
    otherOutcome: f.line({ label: 'Outcome in another scheme', station: 'classification' }),
    givenBy: f.choice(classGivers, {
      label: 'Given by',
      help: 'Who says so, where the class comes from outside.',
      station: 'classification',
    }),
    giverName: f.line({ label: 'Name of who gave it', station: 'classification' }),
    givenOn: f.day({ label: 'Given on', station: 'classification' }),
    openFacts: f.list({ label: 'Facts still open', station: 'classification', byAct: true }),
    certain: f.list({ label: 'What is certain already', station: 'classification', byAct: true }),
    path: f.list({ label: 'Rules that led there', station: 'classification', byAct: true }),
    reasoning: f.text({
      label: 'Reasoning',
      station: 'classification',
      max: 4000,
      alsoCalled: ['rationale', 'justification'],
    }),
    // Led to by the answers as the outcome is: a later day typed here put a prohibition off (EU AI Act 5).
    lawRoles: f.choices(lawRoleOptions, { label: 'Roles in law', station: 'classification', byAct: true }),
    prohibitedFrom: f.day({
      label: 'Prohibited from',
      help: 'For what becomes prohibited on a later day.',
      station: 'classification',
      byAct: true,
    }),
    derogation: f.answer({
      label: 'Relies on a derogation',
      help: 'EU AI Act 6(3).',
      station: 'classification',
      byAct: true,
    }),
    derogationReason: f.text({ label: 'Assessment of the derogation', station: 'classification', max: 4000 }),
    registeredOn: f.day({ label: 'Registered on', station: 'classification' }),
    classifiedOn: f.day({
      label: 'Classified on',
      station: 'classification',
      column: true,
      alsoCalled: ['date', 'classified on'],
    }),
    validatedOn: f.day({ label: 'Last validated', station: 'classification', byAct: true }),
    validatedAt: f.moment({
      label: 'Last validated at',
      help: 'What changed earlier on that day was known.',
      station: 'classification',
      byAct: true,
    }),
    validatedUntil: f.day({
      label: 'Good until',
      help: 'The day that the last look set for the next one.',
      station: 'classification',
      byAct: true,
    }),
    validatedBy: f.member({ label: 'Validated by', station: 'classification', byAct: true }),
    validationReason: f.text({
      label: 'Why nothing changed',
      help: 'What was looked at when the class was last validated.',
      station: 'classification',
      max: 2000,
      byAct: true,
    }),
    nextValidation: f.day({
      label: 'Next validation',
      station: 'classification',
      alsoCalled: ['next review', 'review date'],
    }),
  },
  index: ['title', 'state', 'owner', 'scheme', 'tier', 'outcomes', 'classifiedOn', 'nextValidation'],
  relations: {
    useCase: within('use-case', { label: 'Use case', inverse: 'Classifications', required: true }),
    byScheme: about('classification-scheme', {
      label: 'By scheme',
      inverse: 'Classifications',
      many: false,
    }),
    obligations: about('obligation', {
      label: 'Obligations that follow',
      inverse: 'Follows from classification',
    }),
    controls: uses('control', { label: 'Calls for control', inverse: 'Called for by classification' }),
    evidence: about('evidence', { label: 'Facts proven by', inverse: 'Proves classification' }),
  },
  material: [
    'scheme',
    'ruleVersion',
    'answers',
    'outcomes',
    'tier',
    'tierName',
    'otherOutcome',
    'givenBy',
    'givenOn',
    'lawRoles',
    'derogation',
    'prohibitedFrom',
  ],
  // Another use or another scheme is another class: signed off anew under it, the one before would be forgotten.
  fixed: { parts: ['scheme', 'useCase'], in: ['open', 'final', 'withdrawn'] },
  drawsOn: ['useCase'],
  cited: ['scheme', 'schemeName', 'outcomes', 'tier', 'otherOutcome', 'prohibitedFrom'],
  happened: ['classifiedOn', 'givenOn', 'validatedOn'],
  approvable: {
    by: ['aims-manager', 'top-management'],
    in: ['final'],
    authority: () => ({ dimension: 'classification', level: null }),
    binds: { ownersOf: ['useCase'] },
  },
  lifecycle: {
    initial: 'open',
    states: {
      open: { label: 'Open', shape: 'half' },
      final: { label: 'Final', shape: 'full' },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: {
      conclude: {
        label: 'Make final',
        from: ['open'],
        to: 'final',
        requires: ['classifiedOn'],
        guard: notFinal,
      },
      reopen: { label: 'Classify again', from: ['final', 'withdrawn'], to: 'open' },
      withdraw: { label: 'Withdraw', from: ['open', 'final'], to: 'withdrawn' },
    },
  },
  cadence: { months: 6, from: 'validatedOn' },
  nextLook: {
    field: 'nextValidation',
    from: ['validatedOn', 'classifiedOn'],
    interval: 'risk_classification',
  },
  serves: ['4.1'],
  notPutOff: { fields: ['nextValidation'], in: ['final'] },
  guard: ({ fields }): Record<string, string> => {
    const outcomes = Array.isArray(fields.outcomes) ? fields.outcomes : [];
    return outcomes.length > 1 && (outcomes.includes('undetermined') || outcomes.includes('minimal'))
      ? { outcomes: 'Undetermined and no specific class stand alone.' }
      : {};
  },
});

/** Only an outcome reached from answers is final; missing facts stay visible as what is open. */
function notFinal({ fields }: Content): string | undefined {
  const outcomes = Array.isArray(fields.outcomes) ? fields.outcomes : [];
  if (fields.scheme === 'own-tier') return 'tier' in fields ? undefined : 'The own tier is needed first.';
  if (fields.scheme === 'other') return otherNotFinal(fields);
  if (outcomes.length === 0) return 'An outcome is needed first.';
  if (outcomes.includes('undetermined')) return 'The outcome is undetermined: open facts are missing.';
  return 'answers' in fields ? undefined : 'The answers that led to the outcome are needed first.';
}

/** A class from outside is final with who gave it and when: nobody here can answer for how it came about. */
function otherNotFinal(fields: Content['fields']): string | undefined {
  const content = { fields, links: {} };
  if (!says(content, 'otherOutcome')) return 'The outcome is needed first.';
  return says(content, 'givenBy') && says(content, 'givenOn')
    ? undefined
    : 'A class of another scheme says who gave it and on which day.';
}
