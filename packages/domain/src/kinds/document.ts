import { ownCriteriaLack } from '../gates/own-criteria.ts';
import { scaleFault, scaleLack } from '../impact/scales.ts';
import { undecidedLack } from '../soa/undecided.ts';
import { heldBack, keptUp, named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, lackIn } from './kind.ts';
import { gateTypeOptions } from './vocabulary/gates.ts';
import { impactScaleOptions, impactSteps } from './vocabulary/impact.ts';
import { levels, sensitivities } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

const documentTypes = options({
  'ai-policy': 'AI policy',
  'scope-statement': 'Scope statement',
  policy: 'Other policy',
  procedure: 'Procedure',
  method: 'Method',
  plan: 'Plan',
  'statement-of-applicability': 'Statement of Applicability',
  'incident-communication-plan': 'Plan for telling users about incidents',
  instructions: 'Instructions for use',
  contract: 'Contract or terms',
  'gate-criteria': 'Criteria of gates',
  report: 'Report or minutes',
  other: 'Other',
});
const origins = options({ own: 'Written here', external: 'From outside' });
const reaches = options({
  'whole-organisation': 'The whole organisation',
  units: 'The units named',
  systems: 'The systems named',
});
const alignments = options({ aligned: 'Aligned', conflict: 'In conflict', 'not-checked': 'Not checked yet' });
const reviewOutcomes = options({
  'no-change': 'Fit as it is',
  revised: 'Revised',
  withdrawn: 'To be withdrawn',
});

/**
 * A controlled document (7.5). Which items of the mandatory set it carries is `covers` (ids such as `MD-02`).
 * Policy (5.2): the four elements are `fitForPurpose`, `framesObjectives`, `commitsToRequirements`,
 * `commitsToImprovement`; telling is `communicatedInside(On)`, `availableOutside(On)`. Reach: `reach`, `units`,
 * relation `coversSystems`; exclusions of a scope statement: relation `excludesSystems` with `exclusions`.
 * Policies beside it are rows of `overlaps` (A.2.3).
 */
export const document = defineKind({
  name: 'document',
  prefix: 'DOC',
  collection: 'documents',
  label: 'Document',
  plural: 'Documents',
  purpose:
    'Policy, scope, methods and procedures, each version approved by another person than its author (7.5). Few documents that carry many controls are better than many thin ones.',
  regime: 'versioned',
  fields: {
    name: named('Title', ['title', 'document', 'document title', 'document name']),
    type: f.choice(documentTypes, {
      label: 'Type',
      required: true,
      column: true,
      alsoCalled: ['type', 'document type', 'category'],
    }),
    number: f.line({
      label: 'Own number',
      max: 60,
      alsoCalled: ['document number', 'document id', 'reference'],
    }),
    edition: f.line({
      label: 'Edition',
      max: 40,
      help: 'As printed on the document.',
      alsoCalled: ['version', 'edition'],
    }),
    owner: owned('Who keeps it true and can speak to it.', 'policy', ['document owner']),
    author: f.member({ label: 'Author', alsoCalled: ['author', 'written by'] }),
    reviewer: f.member({ label: 'Reviewer', alsoCalled: ['reviewer', 'reviewed by'] }),
    origin: f.choice(origins, { label: 'Origin' }),
    language: f.line({ label: 'Language', max: 40, alsoCalled: ['language'] }),
    covers: f.catalogue('document', {
      label: 'Carries items of the mandatory set',
      help: 'One document may carry several; each item is checked by itself.',
      many: true,
    }),
    clauses: f.catalogue('requirement', { label: 'Clauses and controls addressed', many: true }),
    text: f.file({ label: 'Text', as: 'text' }),
    file: f.file({ label: 'File' }),
    location: f.url({ label: 'Kept elsewhere at', alsoCalled: ['link', 'url', 'location'] }),
    fitForPurpose: f.answer({
      label: 'Fits the purpose of the organisation',
      help: 'First element of 5.2.',
      station: 'policy',
    }),
    framesObjectives: f.answer({
      label: 'Gives a frame for AI objectives',
      help: 'Second element of 5.2.',
      station: 'policy',
    }),
    commitsToRequirements: f.answer({
      label: 'Commits to meeting requirements',
      help: 'Third element of 5.2.',
      station: 'policy',
    }),
    commitsToImprovement: f.answer({
      label: 'Commits to improving the AIMS',
      help: 'Fourth element of 5.2.',
      station: 'policy',
    }),
    namesImpactProcess: f.answer({ label: 'Names the impact assessment process', station: 'policy' }),
    handlesExceptions: f.answer({ label: 'Says how exceptions are handled', station: 'policy' }),
    overlaps: f.rows(
      {
        policy: f.line({ label: 'Other policy' }),
        alignment: f.choice(alignments, { label: 'How they stand' }),
        resolveBy: f.day({ label: 'To be settled by' }),
        note: f.line({ label: 'Note' }),
      },
      { label: 'Overlaps with other policies', station: 'policy' },
    ),
    reach: f.choice(reaches, { label: 'Reach', station: 'scope' }),
    units: f.list({ label: 'Units covered', station: 'scope' }),
    sites: f.list({ label: 'Sites covered', station: 'scope' }),
    markets: f.list({ label: 'Markets covered', station: 'scope' }),
    inclusionRule: f.text({
      label: 'Rule for systems inside',
      help: 'Where systems are not named one by one.',
      station: 'scope',
      max: 2000,
    }),
    exclusions: f.text({ label: 'Exclusions with their reasons', station: 'scope', max: 4000 }),
    asksIndividuals: f.answer({ label: 'The method asks about individuals and groups', station: 'impact' }),
    asksSociety: f.answer({ label: 'The method asks about society', station: 'impact' }),
    asksMisuse: f.answer({ label: 'The method asks about misuse', station: 'impact' }),
    asksJurisdictions: f.answer({ label: 'The method asks about jurisdictions', station: 'impact' }),
    saysWhenDue: f.answer({
      label: 'The method says when it is due, who runs it and who approves',
      station: 'impact',
    }),
    scales: f.rows(
      {
        scale: f.choice(impactScaleOptions, { label: 'Scale' }),
        step: f.choice(impactSteps, { label: 'Step' }),
        label: f.line({ label: 'In your words', max: 60 }),
        meaning: f.line({ label: 'What it means', max: 400 }),
      },
      {
        label: 'Scales of the method',
        help: 'Weakest first. Steps that are left out are not offered; a scale with fewer than two rows keeps the words of the catalogue.',
        station: 'impact',
      },
    ),
    transitionOn: f.day({
      label: 'Transition ends on',
      help: 'Until this day assessments by an earlier version of the method stand; from then on they are due again.',
      station: 'impact',
    }),
    gateCriteria: f.rows(
      {
        gate: f.choice(gateTypeOptions, { label: 'Gate' }),
        criterion: f.line({ label: 'Criterion', max: 400 }),
        fromTier: f.choice(levels, { label: 'From this tier on' }),
      },
      {
        label: 'Criteria of gates',
        help: 'Asked at the gate beside what the catalogue asks, of the systems that the document reaches. Without a tier of all of them.',
        station: 'release',
      },
    ),
    communicatedInside: f.answer({ label: 'Made known inside', station: 'policy' }),
    communicatedInsideOn: f.day({ label: 'Made known inside on', station: 'policy' }),
    communicatedInsideHow: f.line({ label: 'How', station: 'policy' }),
    availableOutside: f.answer({
      label: 'Available outside',
      help: 'Yes, no, or not applicable where it was decided that nobody outside needs it.',
      station: 'policy',
    }),
    availableOutsideOn: f.day({ label: 'Available outside since', station: 'policy' }),
    availableOutsideAt: f.url({ label: 'Where outside', station: 'policy' }),
    reviewedOn: f.day({ label: 'Last reviewed', alsoCalled: ['last review', 'reviewed on'] }),
    reviewOutcome: f.choice(reviewOutcomes, { label: 'Outcome of the review' }),
    nextReview: f.day({
      label: 'Next review',
      column: true,
      alsoCalled: ['review date', 'next review', 'valid until'],
    }),
    trial: f.text({
      label: 'Trial by two people',
      help: 'Same case, same method, two results (6.1.2).',
      station: 'risk',
      max: 2000,
    }),
    trialOn: f.day({ label: 'Trial held on', station: 'risk' }),
    retention: f.line({ label: 'Kept for', alsoCalled: ['retention', 'retention period'] }),
    keepUntil: f.day({ label: 'Kept until at least', alsoCalled: ['retain until'] }),
    disposal: f.line({ label: 'Disposal' }),
    legalHold: heldBack(),
    distribution: f.text({ label: 'Distribution', max: 2000, alsoCalled: ['distribution', 'audience'] }),
    sensitivity: f.choice(sensitivities, {
      label: 'Sensitivity',
      alsoCalled: ['classification', 'confidentiality', 'sensitivity'],
    }),
  },
  index: ['title', 'state', 'owner', 'type', 'nextReview', 'reviewedOn', 'number'],
  relations: {
    system: withinSystem('Documents'),
    coversSystems: about('system', { label: 'Systems covered by name', inverse: 'Covered by document' }),
    excludesSystems: about('system', { label: 'Systems excluded', inverse: 'Excluded by document' }),
    replaces: about('document', { label: 'Replaces', inverse: 'Replaced by', many: false }),
    partOf: about('document', { label: 'Part of', inverse: 'Parts', many: false }),
  },
  material: [
    'type',
    'covers',
    'text',
    'file',
    'location',
    'fitForPurpose',
    'framesObjectives',
    'commitsToRequirements',
    'commitsToImprovement',
    'reach',
    'units',
    'markets',
    'inclusionRule',
    'exclusions',
    'coversSystems',
    'excludesSystems',
    'scales',
    'gateCriteria',
  ],
  kept: { until: 'keepUntil', hold: 'legalHold' },
  approvable: {
    by: ['aims-manager', 'top-management'],
    authority: () => ({ dimension: 'document', level: null }),
    // Criteria of gates are asked because the document is in force: whoever wrote them does not take them away (A.6.1.2).
    binds: { ownersOf: [], when: ({ type }) => type === 'gate-criteria' },
    speaksOfAnnexA: ({ type }) => type === 'statement-of-applicability',
    lacks: (content, { undecided, annexA }) => {
      const { text, file, location, scales, gateCriteria } = content.fields;
      if (!(text ?? file ?? location ?? scales ?? gateCriteria))
        return {
          says: 'There is nothing to read yet: write the text, add the file, or say where it is kept.',
          parts: ['text', 'file', 'location'],
        };
      return (
        lackIn(['scales'], scaleLack(content)) ??
        ownCriteriaLack(content) ??
        lackIn([], undecidedLack(undecided, annexA.length))
      );
    },
  },
  // Whether a version is approved is a fact of its own; the state says only whether the document is kept up at all.
  lifecycle: keptUp,
  cadence: { months: 12, from: 'reviewedOn' },
  nextLook: { field: 'nextReview', from: ['reviewedOn'], interval: 'policy_review' },
  happened: ['reviewedOn'],
  serves: [
    '4.3',
    '5.2',
    '6.1.2',
    '6.1.3',
    '6.1.4',
    '7.5.1',
    '7.5.2',
    '7.5.3',
    'A.2.2',
    'A.2.3',
    'A.2.4',
    'A.3.3',
    'A.5.2',
    'A.6.1.3',
    'A.7.2',
    'A.7.6',
    'A.9.2',
  ],
  guard: ({ fields }): Record<string, string> => {
    const fault = scaleFault(fields.scales);
    return fault === undefined ? {} : { scales: fault };
  },
});
