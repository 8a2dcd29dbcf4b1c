import { approvedOnceSaid, keptUp, named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';

/**
 * How a system was designed and built, and why so (A.6.2.3): architecture, choices with what was turned down, how it
 * learns, assumptions, threats. It stands for the versions it names, and for all of them where it names none.
 */
export const designRecord = defineKind({
  name: 'design-record',
  prefix: 'DSG',
  collection: 'design-records',
  label: 'Design record',
  plural: 'Design records',
  purpose:
    'How a system was designed and built, with the choices made and their reasons (A.6.2.3). Asked for where the organisation builds or adapts.',
  regime: 'versioned',
  fields: {
    name: named('Title', ['design', 'design record', 'title']),
    owner: owned('Who answers for the design.', 'release', ['architect']),
    architecture: f.text({
      label: 'Architecture',
      help: 'Parts, how they work together, and where a person stands in between.',
      station: 'release',
    }),
    choices: f.rows(
      {
        choice: f.line({ label: 'Choice', max: 400 }),
        reason: f.line({ label: 'Why', max: 400 }),
        turnedDown: f.line({ label: 'What was turned down', max: 400 }),
      },
      { label: 'Choices and reasons', station: 'release' },
    ),
    learning: f.text({
      label: 'How it learns',
      help: 'Training, adaptation, prompts or rules; what changes in use.',
      station: 'release',
      max: 4000,
    }),
    assumptions: f.text({ label: 'Assumptions and limits', station: 'release', max: 4000 }),
    threats: f.text({ label: 'Threats and what answers them', station: 'release', max: 4000 }),
    interfaces: f.text({
      label: 'Interfaces to people and systems',
      station: 'release',
      max: 4000,
    }),
    reviewedOn: f.day({ label: 'Last reviewed', station: 'release', column: true }),
  },
  index: ['title', 'state', 'owner', 'reviewedOn'],
  relations: {
    system: withinSystem('Design records', true),
    versions: about('system-version', { label: 'For versions', inverse: 'Design records', ownSystem: true }),
    requirements: about('requirement-spec', { label: 'Meets requirements', inverse: 'Met by design' }),
    models: about('model', { label: 'Models chosen', inverse: 'Chosen in design' }),
    datasets: about('dataset', { label: 'Data sets chosen', inverse: 'Chosen in design' }),
    risks: about('risk', { label: 'Answers risk', inverse: 'Answered in design' }),
  },
  material: [
    'architecture',
    'choices',
    'learning',
    'assumptions',
    'threats',
    'interfaces',
    'versions',
    'requirements',
  ],
  approvable: approvedOnceSaid([
    { part: 'architecture', label: 'Architecture' },
    { part: 'choices', label: 'Choices and reasons', columns: ['choice', 'reason'] },
  ]),
  lifecycle: keptUp,
  serves: ['A.6.2.3'],
});
