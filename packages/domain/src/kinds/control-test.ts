import { firstDay, lastDay } from '../day.ts';
import { sameJson } from '../json.ts';
import { cellText, dayOf, rowsOf, saysSentence, textOf } from '../trace/read.ts';
import { wordList } from '../trace/say.ts';
import { named, withinSystem } from './common.ts';
import { isToCome } from './days-come.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind, uses } from './kind.ts';
import { options } from './vocabulary.ts';

const subjects = options({ design: 'Design', operation: 'Operation', both: 'Design and operation' });
const itemResults = options({
  'as-expected': 'As expected',
  deviates: 'Deviates',
  'not-assessable': 'Cannot be judged',
});
const conclusions = options({
  effective: 'Effective',
  'partly-effective': 'Partly effective',
  'not-effective': 'Not effective',
  'not-concluded': 'No conclusion possible',
});

type Fields = Content['fields'];
const itemsOf = (fields: Fields) => rowsOf({ fields, links: {} }, 'sampleItems');

/** What a conclusion rests on: a sample, each item of which was looked at, on a day that has come. */
function conclusionLack({ fields }: Content, now: string): string | undefined {
  const on = dayOf({ fields, links: {} }, 'testedOn');
  if (on !== null && isToCome(on, now)) return 'It says that it was tested on a day that is still to come.';
  const judged = fields.conclusion !== undefined && fields.conclusion !== 'not-concluded';
  if (judged && (fields.populationSize === 0 || fields.sampleSize === 0))
    return 'Nothing was there to look at, so no conclusion is possible: say so.';
  const items = itemsOf(fields);
  const open = items.filter((row) => cellText(row, 'result') === null).length;
  if (open > 0) return `${open} of ${items.length} items of the sample have no result yet.`;
  if (items.length === 0 && textOf({ fields, links: {} }, 'sample') === null)
    return 'Nothing says what was looked at: draw a sample, or describe it.';
  return judged ? unsaid(fields, items.length > 0 ? [] : ['sample']) : undefined;
}

const saidInSentences: Readonly<Record<string, string>> = {
  criterion: 'what effective means',
  method: 'how it was looked at',
  sample: 'what was looked at',
  result: 'what was found',
};

/** A control is judged in words that somebody can follow: "ok" says neither what was asked nor what was seen (9.1). */
function unsaid(fields: Fields, more: readonly string[]): string | undefined {
  const parts = ['criterion', 'method', 'result', ...more].filter(
    (part) => !saysSentence({ fields, links: {} }, part),
  );
  const said = parts.map((part) => saidInSentences[part] ?? part);
  return said.length === 0 ? undefined : `Say ${wordList(said)}, in a sentence each.`;
}

const ofTheDraw = ['populationDigest', 'populationFile', 'populationOn', 'populationSize'];

/** What was drawn stays as it was drawn; who draws again says why, and the seed before stays on record (9.1). */
function drawKept(before: Fields, next: Fields): Record<string, string> {
  if (typeof before.seed !== 'string' || itemsOf(before).length === 0) return {};
  const redraws = (fields: Fields) => rowsOf({ fields, links: {} }, 'redraws');
  const [known, now] = [redraws(before), redraws(next)];
  const kept = known.every((row, at) => sameJson(row, now[at] ?? null));
  if (!kept) return { redraws: 'Earlier draws stay on record.' };
  if (next.seed !== before.seed) {
    const last = now.length === known.length + 1 ? now.at(-1) : undefined;
    return last && cellText(last, 'seed') === before.seed && cellText(last, 'reason') !== null
      ? {}
      : { seed: 'A sample that was drawn is drawn again with a reason, and the seed before is kept.' };
  }
  const drawn = (fields: Fields) => itemsOf(fields).map((row) => row.item ?? null);
  if (!sameJson(drawn(before), drawn(next)))
    return { sampleItems: 'These items were drawn by lot. Draw again to look at others.' };
  const changed = ofTheDraw.find((name) => !sameJson(before[name] ?? null, next[name] ?? null));
  return changed === undefined ? {} : { [changed]: 'The sample was drawn from this population.' };
}

/**
 * A test whether a control works (8.3, 9.1). It counts for the day in `testedOn`, if `tester` had no part in the control
 * or its implementation (`independence.ts` reads that from the versions; the record keeps who owned them in `ownerTested`).
 */
export const controlTest = defineKind({
  name: 'control-test',
  prefix: 'TST',
  collection: 'control-tests',
  label: 'Control test',
  plural: 'Control tests',
  purpose:
    'Whether a control works, judged on a sample by somebody without a part in it (8.1, 9.1). A confirmation by its owner is no test.',
  regime: 'factual',
  fields: {
    name: named('Title', ['test', 'control test', 'title']),
    subject: f.choice(subjects, {
      label: 'What is tested',
      station: 'evidence',
      column: true,
      alsoCalled: ['test type'],
    }),
    criterion: f.text({
      label: 'What effective means',
      help: 'As the control says how its effectiveness is judged, or narrower for this test.',
      station: 'evidence',
      max: 2000,
      alsoCalled: ['criterion', 'test criterion', 'expected result'],
    }),
    method: f.text({
      label: 'How',
      station: 'evidence',
      max: 4000,
      alsoCalled: ['procedure', 'test procedure', 'method'],
    }),
    periodFrom: f.day({ label: 'Period from', station: 'evidence', alsoCalled: ['period start'] }),
    periodTo: f.day({ label: 'Period to', station: 'evidence', alsoCalled: ['period end'] }),
    population: f.text({ label: 'Population', station: 'evidence', max: 2000, alsoCalled: ['population'] }),
    populationSize: f.number({ label: 'Size of the population', station: 'evidence', min: 0, whole: true }),
    populationOn: f.day({ label: 'Population as of', station: 'evidence' }),
    populationDigest: f.line({ label: 'Digest of the population', station: 'evidence' }),
    populationFile: f.file({ label: 'List of the population', station: 'evidence' }),
    seed: f.line({
      label: 'Seed of the draw',
      help: 'Whoever draws from the same list with it gets the same sample.',
      station: 'evidence',
    }),
    sample: f.text({ label: 'Sample', station: 'evidence', max: 2000, alsoCalled: ['sample'] }),
    sampleSize: f.number({ label: 'Size of the sample', station: 'evidence', min: 0, whole: true }),
    sampleItems: f.rows(
      {
        item: f.line({ label: 'Item', max: 200 }),
        result: f.choice(itemResults, { label: 'Result' }),
        note: f.line({ label: 'What was seen', max: 300 }),
      },
      { label: 'Items of the sample', station: 'evidence' },
    ),
    redraws: f.rows(
      {
        seed: f.line({ label: 'Seed before', max: 200 }),
        reason: f.line({ label: 'Why it was drawn again', max: 300 }),
        at: f.line({ label: 'When', max: 40 }),
      },
      { label: 'Drawn again', station: 'evidence' },
    ),
    deviations: f.number({
      label: 'Deviations found',
      station: 'evidence',
      min: 0,
      whole: true,
      alsoCalled: ['exceptions'],
    }),
    result: f.text({
      label: 'Result',
      station: 'evidence',
      max: 4000,
      alsoCalled: ['result', 'findings', 'notes'],
    }),
    conclusion: f.choice(conclusions, {
      label: 'Conclusion',
      station: 'evidence',
      column: true,
      alsoCalled: ['conclusion', 'rating', 'outcome'],
    }),
    tester: f.member({
      label: 'Tester',
      help: 'Neither wrote, moved on nor owned the control or its implementation at any time before the test is recorded.',
      station: 'evidence',
      column: true,
      alsoCalled: ['tester', 'tested by', 'performed by'],
    }),
    ownerTested: f.member({ label: 'Owner at the time of the test', station: 'evidence' }),
    testedOn: f.day({
      label: 'Tested on',
      station: 'evidence',
      column: true,
      alsoCalled: ['test date', 'date', 'tested on'],
    }),
    nextTest: f.day({ label: 'Next test', station: 'evidence' }),
    reopenedBecause: f.text({
      label: 'Why it was opened again',
      station: 'evidence',
      max: 2000,
      byAct: true,
    }),
  },
  owner: 'tester',
  index: ['title', 'state', 'owner', 'control', 'conclusion', 'testedOn', 'nextTest'],
  relations: {
    system: withinSystem('Control tests'),
    control: uses('control', { label: 'Control', inverse: 'Tests', many: false, required: true }),
    implementation: about('implementation', { label: 'Implementation', inverse: 'Tests' }),
    evidence: about('evidence', { label: 'Evidence seen', inverse: 'Seen in test' }),
  },
  // Figures are what was found as much as words are: four of ten does not become none of ten once it is concluded.
  material: [
    'conclusion',
    'criterion',
    'subject',
    'result',
    'tester',
    'testedOn',
    'periodFrom',
    'periodTo',
    'population',
    'populationSize',
    'sample',
    'sampleSize',
    'sampleItems',
    'deviations',
    'control',
    'implementation',
  ],
  judges: true,
  found: {
    ...{ in: 'concluded', by: 'tester', of: ['control', 'implementation', 'system'] },
    ...{ word: 'conclusion', on: 'testedOn', against: ['partly-effective', 'not-effective'] },
  },
  lifecycle: {
    initial: 'planned',
    mayBeBroughtIn: true,
    states: {
      planned: { label: 'Planned', shape: 'hollow' },
      'under-way': { label: 'Under way', shape: 'half' },
      concluded: { label: 'Concluded', shape: 'full' },
      cancelled: { label: 'Cancelled', shape: 'crossed', ended: true },
    },
    transitions: {
      start: { label: 'Start', from: ['planned'], to: 'under-way' },
      conclude: {
        label: 'Conclude',
        from: ['planned', 'under-way'],
        to: 'concluded',
        requires: ['criterion', 'method', 'conclusion', 'result', 'tester', 'testedOn'],
        guard: conclusionLack,
        notBy: ['ownerTested'],
        takenBy: 'tester',
        askedOfFiles: true,
      },
      reopen: {
        label: 'Open again',
        from: ['concluded'],
        to: 'under-way',
        says: 'reopenedBecause',
        notBy: ['tester', 'ownerTested'],
      },
      resume: { label: 'Take up again', from: ['cancelled'], to: 'under-way' },
      cancel: { label: 'Cancel', from: ['planned', 'under-way'], to: 'cancelled' },
    },
  },
  cadence: { months: 12, from: 'testedOn' },
  // Taken away, the usual length would count from then on: who tests again sets the next day, and opening again is no test.
  notPutOff: {
    fields: ['nextTest'],
    in: ['concluded'],
    says: 'is put off by testing again alone.',
    look: 'testedOn',
  },
  nextLook: { field: 'nextTest', from: ['testedOn'], interval: 'control_test' },
  serves: ['8.1', '8.3', '9.1'],
  derive: ({ fields }) => {
    const items = itemsOf(fields);
    return items.length === 0
      ? {}
      : { sampleSize: items.length, deviations: items.filter(({ result }) => result === 'deviates').length };
  },
  happened: ['testedOn', 'populationOn'],
  sequence: ({ fields: before }, { fields: next }): Record<string, string> => drawKept(before, next),
  guard: ({ fields }): Record<string, string> => {
    const number = (name: string) => (typeof fields[name] === 'number' ? fields[name] : null);
    const day = (name: string) => (typeof fields[name] === 'string' ? fields[name] : null);
    const [population, sample, deviations] = [
      number('populationSize'),
      number('sampleSize'),
      number('deviations'),
    ];
    const [from, to, on, next] = [day('periodFrom'), day('periodTo'), day('testedOn'), day('nextTest')];
    return {
      ...(population !== null && sample !== null && sample > population
        ? { sampleSize: 'The sample is larger than the population it was drawn from.' }
        : {}),
      ...(sample !== null && deviations !== null && deviations > sample
        ? { deviations: 'More items deviate than were looked at.' }
        : {}),
      ...(fields.conclusion === 'effective' && sample !== null && sample > 0 && deviations === sample
        ? { conclusion: 'Every item that was looked at deviates, so it is not effective.' }
        : {}),
      ...(from !== null && to !== null && firstDay(from) > lastDay(to)
        ? { periodTo: 'The period ends before it begins.' }
        : {}),
      ...(on !== null && next !== null && lastDay(next) < firstDay(on)
        ? { nextTest: 'The next test lies before this one.' }
        : {}),
    };
  },
  apart: [
    {
      field: 'tester',
      from: ['ownerTested'],
      say: 'The tester is somebody else than the owner of what is tested (9.1).',
    },
  ],
});
