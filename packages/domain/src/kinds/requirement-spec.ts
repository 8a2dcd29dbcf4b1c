import { cellText, rowsOf } from '../trace/read.ts';
import { approvedOnceSaid, keptUp, named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const origins = options({
  need: 'Need of the business',
  law: 'Law',
  customer: 'Customer',
  impact: 'Impact assessment',
  risk: 'Risk',
  control: 'Control',
  house: 'House rule',
});

/**
 * What a system has to do and must not do, with where each requirement comes from and how it is accepted (A.6.2.2).
 * It stands for the versions it names, and for all of them where it names none.
 */
export const requirementSpec = defineKind({
  name: 'requirement-spec',
  prefix: 'REQ',
  collection: 'requirement-specs',
  label: 'Requirement spec',
  plural: 'Requirement specs',
  purpose:
    'What a system needs to do, for whom and within which limits, each requirement with its origin and how it is accepted (A.6.2.2).',
  regime: 'versioned',
  fields: {
    name: named('Title', ['specification', 'requirements', 'title']),
    owner: owned('Who keeps the requirements.', 'release', ['requirements owner']),
    need: f.text({
      label: 'Need',
      help: 'Which need is met, and why AI is fit for it.',
      station: 'release',
      max: 4000,
    }),
    requirements: f.rows(
      {
        number: f.line({ label: 'Number', max: 40 }),
        requirement: f.line({ label: 'Requirement', max: 400 }),
        origin: f.choice(origins, { label: 'Comes from' }),
        acceptance: f.line({ label: 'Accepted when', max: 400 }),
      },
      { label: 'Requirements', station: 'release' },
    ),
    oversightNeeds: f.text({
      label: 'What human oversight needs',
      help: 'What a person has to see, when, and with which means to step in.',
      station: 'release',
      max: 4000,
    }),
    loggingNeeds: f.text({ label: 'What has to be logged', station: 'release', max: 4000 }),
    dataNeeds: f.text({ label: 'What data is needed', station: 'release', max: 4000 }),
    reviewedOn: f.day({ label: 'Last reviewed', station: 'release', column: true }),
  },
  index: ['title', 'state', 'owner', 'reviewedOn'],
  relations: {
    system: withinSystem('Requirement specs', true),
    versions: about('system-version', { label: 'For versions', inverse: 'Requirements', ownSystem: true }),
    useCases: about('use-case', { label: 'For use cases', inverse: 'Requirements' }),
    impacts: about('impact-assessment', { label: 'Answers impact assessment', inverse: 'Answered in' }),
    risks: about('risk', { label: 'Answers risk', inverse: 'Answered in requirements' }),
    obligations: about('obligation', { label: 'Answers obligation', inverse: 'Answered in requirements' }),
  },
  material: ['need', 'requirements', 'oversightNeeds', 'loggingNeeds', 'dataNeeds', 'versions', 'useCases'],
  approvable: approvedOnceSaid([
    { part: 'need', label: 'Need' },
    { part: 'requirements', label: 'Requirements', columns: ['requirement', 'origin', 'acceptance'] },
  ]),
  lifecycle: keptUp,
  guard: (content): Record<string, string> => {
    const numbers = rowsOf(content, 'requirements').flatMap((row) => cellText(row, 'number') ?? []);
    const twice = numbers.find((number, at) => numbers.indexOf(number) !== at);
    return twice === undefined ? {} : { requirements: `Two requirements have the number ${twice}.` };
  },
  serves: ['A.6.2.2'],
});
