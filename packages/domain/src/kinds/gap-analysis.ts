import { type Framework, frameworks } from '../crosswalk/frameworks.ts';
import type { itemStates } from '../crosswalk/progress.ts';
import { firstDay, lastDay } from '../day.ts';
import { dayText } from '../day-text.ts';
import { cellDay, cellText, dayOf, rowsOf, saysSentence, textOf } from '../trace/read.ts';
import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const measured = options({
  iso42001: 'Controls of ISO/IEC 42001',
  'eu-ai-act': 'Duties of the EU AI Act',
  'nist-ai-rmf': 'NIST AI RMF 1.0',
  iso27001: 'ISO/IEC 27001',
} satisfies Record<Framework, string>);
const stateOptions = options({
  'not-there': 'Not there',
  planned: 'Planned',
  partly: 'Partly in place',
  'in-place': 'In place',
  excluded: 'Not applicable',
} satisfies Record<(typeof itemStates)[number], string>);

/**
 * Where the organisation stood on a day, where it wants to be, and by when (4.4, 6.1.1, 10.1). `baseline` is counted from
 * the records at a place in the log and stands from then on; how far it came is worked out whenever somebody asks. Items
 * that only the crosswalk leads to are in place when a person says so (`judged`). The
 * plan are the tasks about it, each naming the item that it is for as its rule.
 */
export const gapAnalysis = defineKind({
  name: 'gap-analysis',
  prefix: 'GAP',
  collection: 'gap-analyses',
  label: 'Gap analysis',
  plural: 'Gap analyses',
  purpose:
    'Where you stood, where you want to be and by when, item by item (6.1.1, 10.1). The baseline is counted from the records; progress is never typed in.',
  regime: 'factual',
  fields: {
    name: named('Gap analysis', ['gap analysis', 'title']),
    owner: owned('Who answers for the plan.'),
    measures: f.choice(measured, { label: 'Measures', required: true, column: true }),
    baselineOn: f.day({
      label: 'Baseline of',
      help: 'The day on which it was counted.',
      column: true,
      byAct: true,
    }),
    baselineAt: f.number({ label: 'Place in the log', min: -1, whole: true, byAct: true }),
    baseline: f.rows(
      {
        item: f.line({ label: 'Item', max: 40 }),
        state: f.choice(stateOptions, { label: 'State' }),
        done: f.number({ label: 'In place on', min: 0, whole: true }),
        of: f.number({ label: 'Of', min: 0, whole: true }),
      },
      { label: 'Baseline', byAct: true },
    ),
    targets: f.rows(
      {
        item: f.line({ label: 'Item', max: 40 }),
        state: f.choice(stateOptions, { label: 'State' }),
        due: f.day({ label: 'By' }),
        owner: f.member({ label: 'Owner' }),
        note: f.line({ label: 'Note', max: 300 }),
      },
      { label: 'Targets' },
    ),
    judged: f.rows(
      {
        item: f.line({ label: 'Item', max: 40 }),
        state: f.choice(stateOptions, { label: 'State' }),
        why: f.line({ label: 'Why', max: 400 }),
        by: f.member({ label: 'Judged by' }),
        on: f.day({ label: 'Judged on' }),
      },
      {
        label: 'What people judge',
        help: 'Items of NIST AI RMF and ISO/IEC 27001: the crosswalk never says that one is in place. Counts with a reason and a name.',
      },
    ),
    conclusion: f.text({ label: 'Conclusion', max: 4000 }),
    untargetedReason: f.text({
      label: 'Why the rest has no target',
      help: 'Of items that fall short in the baseline and have no target with an owner and a day.',
      max: 2000,
    }),
  },
  index: ['title', 'state', 'owner', 'measures', 'baselineOn'],
  relations: {
    source: about('document', { label: 'Written down in', inverse: 'Gap analyses' }),
  },
  lifecycle: {
    initial: 'under-way',
    states: {
      'under-way': { label: 'Under way', shape: 'half' },
      closed: { label: 'Closed', shape: 'crossed', ended: true },
    },
    transitions: {
      close: {
        label: 'Close',
        from: ['under-way'],
        to: 'closed',
        requires: ['conclusion'],
        askedOfFiles: true,
        guard: (content) => unconcluded(content) ?? everyShortfallAnswered(content),
      },
      reopen: { label: 'Open again', from: ['closed'], to: 'under-way' },
    },
  },
  // What was to be put right, by whom and until when, is what it was closed on.
  fixed: { parts: ['targets', 'untargetedReason'], in: ['closed'], says: 'Open it again first.' },
  serves: ['6.1.1', '10.1'],
  names: (content) => {
    const measures = textOf(content, 'measures');
    const framework = frameworks.find((one) => one === measures);
    if (!framework) return [];
    // Of the law each duty is measured, of the standard each control, of the others what they ask.
    const of = framework === 'eu-ai-act' ? 'duties' : framework === 'iso42001' ? 'controls' : framework;
    return (['targets', 'judged'] as const).flatMap((part) =>
      rowsOf(content, part).flatMap((row, at) => {
        const item = cellText(row, 'item');
        return item === null ? [] : [{ at: `fields.${part}.${at}.item`, of, item, due: cellDay(row, 'due') }];
      }),
    );
  },
  guard: ({ fields }): Record<string, string> => {
    const [target, judged] = [namedTwice(fields, 'targets'), namedTwice(fields, 'judged')];
    const fault = target === undefined ? targetFault(fields) : `"${target}" has two targets.`;
    return {
      ...(fault === undefined ? {} : { targets: fault }),
      ...(judged === undefined ? {} : { judged: `"${judged}" is judged twice.` }),
    };
  },
});

/** What was found stands for the whole analysis once it is closed. */
const unconcluded = (content: Content): string | undefined =>
  saysSentence(content, 'conclusion') ? undefined : 'Say in “Conclusion” what came of it, in a sentence.';

/** What falls short is to be put right by somebody until a day, or stays as it is for a reason (6.1.1, 10.1). */
function everyShortfallAnswered({ fields }: Content): string | undefined {
  const record = { fields, links: {} };
  if (saysSentence(record, 'untargetedReason')) return undefined;
  const counted = rowsOf(record, 'baseline');
  if (counted.length === 0)
    return 'No baseline is counted. Count it, or say in “Why the rest has no target” why none is needed, in a sentence.';
  const targeted = new Set(
    rowsOf(record, 'targets')
      .filter((row) => cellText(row, 'owner') !== null && cellDay(row, 'due') !== null)
      .map((row) => cellText(row, 'item')),
  );
  const open = counted.flatMap((row) => {
    const item = cellText(row, 'item');
    const short = !['in-place', 'excluded'].includes(cellText(row, 'state') ?? '');
    return short && !targeted.has(item) ? (item ?? []) : [];
  });
  if (open.length === 0) return undefined;
  const more = open.length > namedAtMost ? ` and ${open.length - namedAtMost} more` : '';
  const [fall, have] = open.length === 1 ? ['falls', 'has'] : ['fall', 'have'];
  return `${open.slice(0, namedAtMost).join(', ')}${more} ${fall} short and ${have} no target with an owner and a day. Set them, or say in “Why the rest has no target” why not, in a sentence.`;
}

const namedAtMost = 5;
const order = stateOptions.map(({ id }) => id);
const labelOf = (state: string): string => stateOptions.find(({ id }) => id === state)?.label ?? state;

/** A target lies ahead: not below what stood when the baseline was counted, nor due before that day. */
function targetFault(fields: Content['fields']): string | undefined {
  const record = { fields, links: {} };
  const stood = new Map(
    rowsOf(record, 'baseline').map((row) => [cellText(row, 'item'), cellText(row, 'state')]),
  );
  const counted = dayOf(record, 'baselineOn');
  for (const row of rowsOf(record, 'targets')) {
    const [item, state, due] = [cellText(row, 'item'), cellText(row, 'state'), cellDay(row, 'due')];
    const was = stood.get(item);
    // What is not applicable stands nowhere between.
    const compared = state !== null && state !== 'excluded' && typeof was === 'string' && was !== 'excluded';
    if (compared && order.indexOf(state) < order.indexOf(was))
      return `"${item}" stands at "${labelOf(was)}" in the baseline: a target does not lie below that.`;
    if (due !== null && counted !== null && lastDay(due) < firstDay(counted))
      return `"${item}" is due on ${dayText(due)}, before the baseline of ${dayText(counted)}.`;
  }
  return undefined;
}

function namedTwice(fields: Content['fields'], part: 'targets' | 'judged'): string | undefined {
  const items = rowsOf({ fields, links: {} }, part).flatMap((row) => cellText(row, 'item') ?? []);
  return items.find((item, at) => items.indexOf(item) !== at);
}
