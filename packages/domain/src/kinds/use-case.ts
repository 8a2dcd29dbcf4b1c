import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { statedFields } from './use-case-stated.ts';
import { autonomyOptions, sourcingOptions } from './vocabulary/inventory.ts';
import { lawRoleOptions, organisationRoleOptions } from './vocabulary/roles.ts';

/** What nobody approves or puts to use without (A.6.2.2, A.9.4). */
const toBeUsed = ['purpose', 'context', 'users', 'affectedPersons', 'autonomy'] as const;

/** What a use is: a change of it is a significant one. */
const significant = [
  'purpose',
  'context',
  'outputs',
  'users',
  'affectedPersons',
  'foreseeableMisuse',
  'prohibitedUses',
  'autonomy',
  'organisationRoles',
  'lawRoles',
  'humanOversight',
  'personalData',
  'demographicVariables',
  'dataDescription',
  'system',
] as const;

/**
 * One intended use of a system (A.6.2.2, A.9.2, A.9.4). Classification and impact attach here.
 * What it must say before it is used: `purpose`, `context`, `users`, `affectedPersons`, `foreseeableMisuse`,
 * `prohibitedUses`, `autonomy`, `organisationRoles`, `lawRoles`. Its approval is an approval of this record; the state
 * says only whether it is in use. Answers of an outside inventory (`use-case-stated.ts`) are declarations: no rule
 * takes `impactAssessmentStated` for an assessment or an external class for a class in law.
 */
export const useCase = defineKind({
  name: 'use-case',
  prefix: 'UC',
  collection: 'use-cases',
  label: 'Use case',
  plural: 'Use cases',
  purpose:
    'What a system is used for, by whom, on whom, and what it must not be used for (A.9.2, A.9.4). Each use is approved, classified and assessed by itself.',
  regime: 'factual',
  fields: {
    name: named('Name', ['use case', 'use case name', 'ai use case', 'use', 'application name']),
    purpose: f.text({
      label: 'Purpose',
      station: 'use-cases',
      alsoCalled: [
        'intended purpose',
        'what is the intended purpose and expected benefits of the ai?',
        'description',
        'problem to be solved',
        'summary',
      ],
    }),
    benefits: f.text({
      label: 'Expected benefits',
      station: 'use-cases',
      alsoCalled: ['benefits', 'expected benefits', 'value'],
    }),
    outputs: f.text({
      label: 'Outputs',
      station: 'use-cases',
      alsoCalled: ["describe the ai system's outputs.", 'outputs', 'output', 'results'],
    }),
    context: f.text({
      label: 'Context of use',
      help: 'Where and in which process it is used, and what follows from its output.',
      station: 'use-cases',
      alsoCalled: ['context', 'process', 'operating context'],
    }),
    users: f.text({ label: 'Users', station: 'use-cases', max: 2000, alsoCalled: ['users', 'user groups'] }),
    affectedPersons: f.text({
      label: 'Affected persons',
      help: 'People and groups whom an output touches, whether or not they use the system.',
      station: 'use-cases',
      max: 4000,
      alsoCalled: ['affected persons', 'affected groups', 'data subjects', 'impacted individuals'],
    }),
    foreseeableMisuse: f.text({
      label: 'Foreseeable misuse',
      station: 'use-cases',
      max: 4000,
      alsoCalled: ['misuse', 'foreseeable misuse'],
    }),
    prohibitedUses: f.text({
      label: 'Prohibited uses',
      station: 'use-cases',
      max: 4000,
      alsoCalled: ['prohibited uses', 'out of scope uses', 'not allowed'],
    }),
    autonomy: f.choice(autonomyOptions, {
      label: 'Autonomy',
      help: 'The highest level in this use: it senses, proposes, settles or acts.',
      station: 'use-cases',
      column: true,
      alsoCalled: ['autonomy level', 'level of autonomy', 'automation level'],
    }),
    topic: f.line({
      label: 'Topic',
      station: 'use-cases',
      column: true,
      alsoCalled: ['use case topic area', 'topic area', 'category', 'domain', 'business area'],
    }),
    topicNote: f.line({
      label: 'Topic in own words',
      station: 'use-cases',
      alsoCalled: ['other (use case topic area)', 'other topic'],
    }),
    unit: f.line({
      label: 'Unit',
      station: 'ownership',
      column: true,
      alsoCalled: ['agency', 'department', 'business unit', 'division'],
    }),
    unitCode: f.line({
      label: 'Short name of the unit',
      station: 'ownership',
      max: 40,
      alsoCalled: ['agency abbreviation'],
    }),
    subUnit: f.line({
      label: 'Sub-unit',
      station: 'ownership',
      alsoCalled: ['bureau', 'component', 'office'],
    }),
    owner: owned('The person who answers for this use.', 'ownership', ['use case owner', 'contact']),
    organisationRoles: f.choices(organisationRoleOptions, {
      label: 'Roles in ISO terms',
      help: 'All roles the organisation holds in this use (4.1).',
      station: 'scope',
    }),
    lawRoles: f.choices(lawRoleOptions, {
      label: 'Roles in law',
      help: 'In the words of the EU AI Act; not the same thing as the ISO roles.',
      station: 'scope',
      alsoCalled: ['eu ai act role', 'provider or deployer'],
    }),
    sourcing: f.choice(sourcingOptions, {
      label: 'Sourcing',
      station: 'supply',
      column: true,
      alsoCalled: [
        'was the ai system involved in this use case developed (or is it to be developed) under contract(s) or in-house?',
        'development method',
        'build or buy',
        'developed in-house',
      ],
    }),
    inputDataRelevant: f.answer({
      label: 'Input data is relevant and representative',
      help: 'Asked where the organisation controls the input (EU AI Act 26(4)).',
      station: 'supply',
    }),
    inputDataCheckedOn: f.day({ label: 'Input data checked on', station: 'supply' }),
    humanOversight: f.text({
      label: 'Human oversight',
      help: 'Who looks, with what power and time to step in.',
      station: 'operation',
      max: 4000,
      alsoCalled: ['oversight', 'human in the loop', 'human review'],
    }),
    instructionsFollowed: f.answer({
      label: 'Used as its instructions say',
      station: 'use-cases',
    }),
    instructionMeasures: f.text({
      label: 'Measures that make sure of it',
      station: 'use-cases',
      max: 2000,
    }),
    offPurposeUse: f.text({
      label: 'Use outside the purpose',
      help: 'What was looked for at the last review and what was found (A.9.4).',
      station: 'use-cases',
      max: 2000,
    }),
    reviewedOn: f.day({ label: 'Last reviewed', station: 'use-cases', alsoCalled: ['last review'] }),
    nextReview: f.day({ label: 'Next review', station: 'use-cases', alsoCalled: ['review date'] }),
    beganOn: f.day({
      label: 'Work began',
      station: 'release',
      alsoCalled: ['date initiated', 'start date', 'initiated'],
    }),
    acquisitionBeganOn: f.day({
      label: 'Acquisition or development began',
      station: 'release',
      alsoCalled: ['date when acquisition and/or development began', 'development start'],
    }),
    liveSince: f.day({
      label: 'In use since',
      station: 'release',
      column: true,
      alsoCalled: ['date implemented', 'implementation date', 'go-live', 'live since'],
    }),
    retiredOn: f.day({
      label: 'Ended on',
      help: 'The day on which it was retired or rejected.',
      station: 'use-cases',
      alsoCalled: ['date retired', 'end date', 'retired on', 'closed on'],
    }),
    closingNote: f.text({
      label: 'Closing note',
      help: 'Why it was rejected or retired, and what became of data and users.',
      station: 'use-cases',
      max: 2000,
    }),
    ...statedFields,
  },
  index: ['title', 'state', 'owner', 'unit', 'autonomy', 'topic', 'liveSince', 'nextReview'],
  relations: {
    system: withinSystem('Use cases', true),
    replaces: about('use-case', { label: 'Replaces', inverse: 'Replaced by', many: false }),
  },
  material: significant,
  // An assessment and a class stand on these: what was written otherwise and taken back leaves them as they stood.
  drawn: significant,
  approvable: {
    by: ['system-owner', 'aims-manager', 'top-management'],
    requires: toBeUsed,
    authority: () => ({ dimension: 'use_case', level: null, of: 'use' }),
  },
  lifecycle: {
    initial: 'proposed',
    mayBeBroughtIn: true,
    observed: true,
    states: {
      proposed: { label: 'Proposed', shape: 'hollow' },
      'in-preparation': { label: 'In preparation', shape: 'half' },
      'in-use': { label: 'In use', shape: 'full', live: true },
      suspended: { label: 'Suspended', shape: 'half' },
      rejected: { label: 'Rejected', shape: 'crossed', ended: true },
      retired: { label: 'Retired', shape: 'crossed', ended: true },
    },
    transitions: {
      prepare: { label: 'Begin preparation', from: ['proposed'], to: 'in-preparation' },
      putIntoUse: {
        label: 'Put into use',
        from: ['proposed', 'in-preparation', 'suspended'],
        to: 'in-use',
        requires: toBeUsed,
        approved: true,
      },
      suspend: { label: 'Suspend', from: ['in-use'], to: 'suspended' },
      reject: {
        label: 'Reject',
        from: ['proposed', 'in-preparation'],
        to: 'rejected',
        requires: ['closingNote', 'retiredOn'],
      },
      retire: {
        label: 'Retire',
        from: ['in-preparation', 'in-use', 'suspended'],
        to: 'retired',
        requires: ['closingNote', 'retiredOn'],
      },
      propose: { label: 'Propose again', from: ['rejected', 'retired'], to: 'proposed' },
    },
  },
  cadence: { months: 12, from: 'reviewedOn' },
  nextLook: { field: 'nextReview', from: ['reviewedOn'], interval: 'use_case_review' },
  happened: ['reviewedOn'],
  serves: ['4.1', 'A.6.2.2', 'A.9.2', 'A.9.4'],
});
