import type { itemStates } from '../crosswalk/progress.ts';
import { cellText, rowsOf } from '../trace/read.ts';
import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const measured = options({ iso42001: 'Controls of ISO/IEC 42001', 'eu-ai-act': 'Duties of the EU AI Act' });
const stateOptions = options({
  'not-there': 'Not there',
  planned: 'Planned',
  partly: 'Partly in place',
  'in-place': 'In place',
} satisfies Record<(typeof itemStates)[number], string>);

/**
 * Where the organisation stood on a day, where it wants to be, and by when (4.4, 6.1.1, 10.1). `baseline` is counted from
 * the records at a place in the log and stands from then on; how far it came is worked out whenever somebody asks. The
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
    baselineOn: f.day({ label: 'Baseline of', help: 'The day on which it was counted.', column: true }),
    baselineAt: f.number({ label: 'Place in the log', min: -1, whole: true }),
    baseline: f.rows(
      {
        item: f.line({ label: 'Item', max: 40 }),
        state: f.choice(stateOptions, { label: 'State' }),
        done: f.number({ label: 'In place on', min: 0, whole: true }),
        of: f.number({ label: 'Of', min: 0, whole: true }),
      },
      { label: 'Baseline' },
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
    conclusion: f.text({ label: 'Conclusion', max: 4000 }),
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
      close: { label: 'Close', from: ['under-way'], to: 'closed', requires: ['conclusion'] },
      reopen: { label: 'Open again', from: ['closed'], to: 'under-way' },
    },
  },
  serves: ['6.1.1', '10.1'],
  guard: ({ fields }): Record<string, string> => {
    const twice = targetTwice(fields);
    return twice === undefined ? {} : { targets: `"${twice}" has two targets.` };
  },
});

function targetTwice(fields: Content['fields']): string | undefined {
  const items = rowsOf({ fields, links: {} }, 'targets').flatMap((row) => cellText(row, 'item') ?? []);
  return items.find((item, at) => items.indexOf(item) !== at);
}
