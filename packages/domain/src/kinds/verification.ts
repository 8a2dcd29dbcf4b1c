import { firstDay, lastDay } from '../day.ts';
import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { beginningLack, conclusionObstacle, measureFaults, orderFaults } from './measure-rows.ts';
import { options } from './vocabulary.ts';

const verificationTypes = options({
  verification: 'Against the specification',
  validation: 'Fitness for the purpose',
  both: 'Both',
});
const comparisons = options({
  'at-least': 'At least',
  'at-most': 'At most',
  judged: 'Judged by the words',
});
const outcomes = options({ reached: 'Reached', missed: 'Missed' });
const verdicts = options({
  passed: 'Passed',
  'passed-with-conditions': 'Passed under conditions',
  'not-passed': 'Not passed',
});

/**
 * A test of one version against thresholds set beforehand (A.6.2.4). `measures` hold the thresholds and stay as they are
 * once testing began; `results` come in a later change. Whoever gives the verdict is neither tester nor owner, nor built
 * what is verified (`independence.ts` reads that from the versions).
 */
export const verification = defineKind({
  name: 'verification',
  prefix: 'VFY',
  collection: 'verifications',
  label: 'Verification',
  plural: 'Verifications',
  purpose:
    'Tests of a version against thresholds set before the results were known, with a verdict by another person (A.6.2.4). A missed threshold is answered, never dropped.',
  regime: 'factual',
  fields: {
    name: named('Title', ['verification', 'validation', 'evaluation', 'title']),
    type: f.choice(verificationTypes, { label: 'Type', station: 'release', column: true }),
    owner: owned('Who plans it and answers for it.', 'release'),
    plan: f.text({
      label: 'Plan',
      help: 'What is tested, how, and under which conditions of real use.',
      station: 'release',
      max: 4000,
      alsoCalled: ['test plan', 'plan'],
    }),
    testData: f.text({
      label: 'Data used',
      help: 'Where it comes from, and whom it represents.',
      station: 'release',
      max: 4000,
      alsoCalled: ['test data'],
    }),
    measures: f.rows(
      {
        measure: f.line({ label: 'Measure' }),
        group: f.line({ label: 'Group or condition' }),
        comparison: f.choice(comparisons, { label: 'Reached when' }),
        limit: f.number({ label: 'Threshold' }),
        words: f.line({ label: 'Threshold in words', max: 400 }),
      },
      {
        label: 'Measures and thresholds',
        help: 'Kept before any result: groups of people and hard conditions are rows of their own.',
        station: 'release',
      },
    ),
    thresholdsSetOn: f.day({ label: 'Thresholds set on', station: 'release' }),
    tester: f.member({ label: 'Tested by', station: 'release', alsoCalled: ['tester', 'tested by'] }),
    testedOn: f.day({
      label: 'Tested on',
      station: 'release',
      column: true,
      alsoCalled: ['test date', 'tested on'],
    }),
    results: f.rows(
      {
        measure: f.line({ label: 'Measure' }),
        group: f.line({ label: 'Group or condition' }),
        value: f.number({ label: 'Result' }),
        words: f.line({ label: 'Result in words', max: 400 }),
        outcome: f.choice(outcomes, { label: 'Outcome' }),
        answerToMiss: f.line({ label: 'What follows where it was missed', max: 400 }),
      },
      { label: 'Results', help: 'One row for each measure, by the same words.', station: 'release' },
    ),
    robustness: f.text({ label: 'Odd inputs, misuse and attacks', station: 'release', max: 4000 }),
    verdict: f.choice(verdicts, {
      label: 'Verdict',
      station: 'release',
      column: true,
      alsoCalled: ['verdict', 'result', 'outcome'],
    }),
    reason: f.text({ label: 'Reason for the verdict', station: 'release', max: 2000 }),
    decidedBy: f.member({
      label: 'Verdict by',
      help: 'Neither tester nor owner.',
      station: 'release',
      column: true,
    }),
    decidedOn: f.day({ label: 'Verdict on', station: 'release' }),
    reopenedBecause: f.text({
      label: 'Why it was opened again',
      station: 'release',
      max: 2000,
      byAct: true,
    }),
  },
  happened: ['thresholdsSetOn', 'testedOn', 'decidedOn'],
  index: ['title', 'state', 'owner', 'type', 'verdict', 'testedOn', 'decidedBy', 'version'],
  relations: {
    system: withinSystem('Verifications', true),
    version: about('system-version', {
      label: 'Version',
      inverse: 'Verifications',
      many: false,
      required: true,
      ownSystem: true,
    }),
    requirements: about('requirement-spec', { label: 'Tests requirements', inverse: 'Tested in' }),
    datasets: about('dataset', { label: 'Data sets used', inverse: 'Used in verification' }),
    evidence: about('evidence', { label: 'Evidence', inverse: 'Evidence of verification' }),
  },
  material: [
    'plan',
    'testData',
    'measures',
    'thresholdsSetOn',
    'tester',
    'testedOn',
    'results',
    'robustness',
    'verdict',
    'reason',
    'decidedBy',
    'decidedOn',
    'version',
    'requirements',
    'datasets',
  ],
  // The verdict is on what the version was made of when it was given: on another one nobody gave any.
  drawsOn: ['version'],
  judges: true,
  found: {
    ...{ in: 'concluded', by: 'decidedBy', of: ['version', 'system'] },
    ...{ word: 'verdict', on: 'decidedOn', against: ['not-passed'] },
    half: ['passed-with-conditions'],
  },
  // Whoever could move a threshold once testing began would set it by the result.
  fixed: { parts: ['measures', 'thresholdsSetOn'], in: ['under-way', 'concluded', 'called-off'] },
  approvable: {
    by: ['system-owner', 'aims-manager', 'top-management'],
    in: ['under-way', 'concluded'],
    authority: () => ({ dimension: 'release', level: null, of: 'system' }),
    requestedBy: ['tester'],
  },
  lifecycle: {
    initial: 'planned',
    states: {
      planned: { label: 'Planned', shape: 'hollow' },
      'under-way': { label: 'Under way', shape: 'half' },
      concluded: { label: 'Concluded', shape: 'full' },
      'called-off': { label: 'Called off', shape: 'crossed', ended: true },
    },
    transitions: {
      begin: {
        label: 'Begin testing',
        from: ['planned'],
        to: 'under-way',
        requires: ['plan', 'measures', 'thresholdsSetOn'],
        guard: beginningLack,
      },
      conclude: {
        label: 'Conclude',
        from: ['under-way'],
        to: 'concluded',
        requires: [
          'measures',
          'thresholdsSetOn',
          'results',
          'tester',
          'testedOn',
          'verdict',
          'decidedBy',
          'decidedOn',
        ],
        notBy: ['tester', 'owner'],
        takenBy: 'decidedBy',
        approved: true,
        decides: true,
        guard: conclusionObstacle,
      },
      reopen: {
        label: 'Open again',
        from: ['concluded'],
        to: 'under-way',
        says: 'reopenedBecause',
        notBy: ['decidedBy', 'tester', 'owner'],
      },
      resume: { label: 'Take up again', from: ['called-off'], to: 'under-way' },
      callOff: { label: 'Call off', from: ['planned', 'under-way'], to: 'called-off' },
    },
  },
  serves: ['A.6.2.4', 'A.7.4'],
  doing: { people: ['tester', 'owner'], parts: ['plan', 'testData', 'results', 'robustness'], steps: [] },
  apart: [
    {
      field: 'decidedBy',
      from: ['tester', 'owner'],
      say: 'The verdict is given by somebody else than the tester and the owner (A.6.2.4).',
    },
  ],
  guard: (content): Record<string, string> => {
    const { thresholdsSetOn: set, testedOn: tested, decidedOn: decided } = content.fields;
    const later = (one: unknown, other: unknown) =>
      typeof one === 'string' && typeof other === 'string' && firstDay(one) > lastDay(other);
    if (later(set, tested)) return { thresholdsSetOn: 'Thresholds are set before the test, not after it.' };
    if (later(tested, decided))
      return { decidedOn: 'The verdict is given on what was tested, not before it.' };
    return measureFaults(content);
  },
  sequence: orderFaults,
});
