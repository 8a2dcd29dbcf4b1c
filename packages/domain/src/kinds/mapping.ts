import type { crosswalkRelations } from '@throughline/catalogue/vocabulary.ts';
import { type Framework, frameworkNames, type Target } from '../crosswalk/frameworks.ts';
import { sideOf } from '../crosswalk/own-rows.ts';
import { keptUp, named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const frameworkOptions = options({ ...frameworkNames } satisfies Record<Framework, string>);
const targetOptions = options({
  ...frameworkNames,
  own: 'A control of our own',
} satisfies Record<Target, string>);
const relationOptions = options({
  equal: 'Equal',
  subset: 'Wholly inside',
  superset: 'Wholly contains',
  intersects: 'Overlaps',
  related: 'Related',
} satisfies Record<(typeof crosswalkRelations)[number], string>);
const confidences = options({ high: 'High', medium: 'Medium', low: 'Low' });

/**
 * A row of the crosswalk that is the organisation's own: from what one framework asks to what another asks, or to a
 * control of its own, with what it rests on. Like the catalogue's rows it suggests where evidence may be used again, and
 * never says that anything is met.
 */
export const mapping = defineKind({
  name: 'mapping',
  prefix: 'XWR',
  collection: 'mappings',
  label: 'Own row of the crosswalk',
  plural: 'Own rows of the crosswalk',
  purpose:
    'What you hold to be shared between requirements of two frameworks, or with a control of your own, and on what that rests (4.2, 6.1.3). It suggests where evidence may be used again; it marks nothing as met.',
  regime: 'factual',
  fields: {
    name: named('Row', ['mapping', 'row', 'title']),
    fromFramework: f.choice(frameworkOptions, {
      label: 'From framework',
      required: true,
      column: true,
      alsoCalled: ['source framework', 'from'],
    }),
    fromItem: f.line({
      label: 'Item',
      help: 'As the framework calls it: A.6.2.4, MAP 1.1, Art. 26.',
      required: true,
      max: 40,
      column: true,
      alsoCalled: ['source item', 'source requirement'],
    }),
    toFramework: f.choice(targetOptions, {
      label: 'To framework',
      required: true,
      column: true,
      alsoCalled: ['target framework', 'to'],
    }),
    toItem: f.line({
      label: 'Item there',
      help: 'Of a control of your own its code, such as X-1.',
      required: true,
      max: 40,
      column: true,
      alsoCalled: ['target item', 'target requirement'],
    }),
    relation: f.choice(relationOptions, {
      label: 'Relation',
      help: 'How the first stands to the second, after NIST IR 8477.',
      required: true,
      column: true,
      alsoCalled: ['relationship'],
    }),
    confidence: f.choice(confidences, { label: 'Confidence', required: true, column: true }),
    basis: f.text({
      label: 'Rests on',
      help: 'Which text, source or comparison says so.',
      required: true,
      max: 2000,
      alsoCalled: ['rationale', 'source'],
    }),
    note: f.text({ label: 'Note', max: 2000, alsoCalled: ['comments'] }),
    owner: owned('Who keeps the row true.'),
  },
  index: ['title', 'state', 'owner', 'fromFramework', 'fromItem', 'toFramework', 'toItem', 'confidence'],
  relations: {
    source: about('document', {
      label: 'Written down in',
      inverse: 'Own rows of the crosswalk',
      many: false,
    }),
  },
  lifecycle: keptUp,
  serves: ['4.2', '6.1.3'],
  guard: toItself,
  names: (content) =>
    (['from', 'to'] as const).flatMap((end) => {
      const side = sideOf(content, end);
      return side ? [{ at: `fields.${end}Item`, of: side.framework, item: side.item }] : [];
    }),
});

/** A row leads from one requirement to another. */
function toItself({ fields }: Content): Record<string, string> {
  const { fromFramework, fromItem, toFramework, toItem } = fields;
  return typeof fromItem === 'string' && fromFramework === toFramework && fromItem === toItem
    ? { toItem: 'It leads from an item to itself.' }
    : {};
}
