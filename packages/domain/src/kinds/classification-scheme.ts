import { schemeFaults } from '../classification/tier-faults.ts';
import { schemeLack } from '../classification/tier-lack.ts';
import { keptUp, named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, lackIn } from './kind.ts';
import { overlayOptions } from './vocabulary/law.ts';
import { levels } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

const methods = options({ table: 'Decision table', given: 'Given by somebody else' });
const hitOptions = options({
  first: 'The first row that fits',
  severest: 'The most severe row that fits',
  one: 'Exactly one row fits',
});
const tests = options({ any: 'Is one of', none: 'Is none of' });

/**
 * A scheme by which uses are classified beside the law (4.1, 6.1.2): the organisation's own tiers as a decision table, or
 * classes that a supplier, a regulator or a group gives. `askedWhere` names the laws in whose reach it is asked. The
 * version in force is the approved one; what a new one would change is held against stored results before it is approved.
 */
export const classificationScheme = defineKind({
  name: 'classification-scheme',
  prefix: 'SCH',
  collection: 'classification-schemes',
  label: 'Classification scheme',
  plural: 'Classification schemes',
  purpose:
    'Your own tiers as a decision table, and schemes of others, in versions that are approved (4.1). Each says on which uses it is asked.',
  regime: 'versioned',
  fields: {
    name: named('Scheme', ['scheme', 'title']),
    owner: owned('Who keeps the scheme.', 'classification'),
    method: f.choice(methods, {
      label: 'How a class comes about',
      required: true,
      station: 'classification',
      column: true,
    }),
    askedWhere: f.choices(overlayOptions, {
      label: 'Asked where these laws apply',
      help: 'On every use where none is named.',
      station: 'classification',
      column: true,
    }),
    levels: f.rows(
      {
        level: f.line({ label: 'Level', max: 60 }),
        meaning: f.line({ label: 'Meaning', max: 300 }),
        grade: f.choice(levels, { label: 'Stands for' }),
        months: f.number({ label: 'Looked at again after', min: 1, max: 120, whole: true, unit: 'months' }),
      },
      { label: 'Levels', help: 'The mildest first.', station: 'classification' },
    ),
    hits: f.choice(hitOptions, { label: 'What decides', station: 'classification' }),
    rules: f.rows(
      {
        row: f.line({ label: 'Row', max: 20 }),
        level: f.line({ label: 'Level', max: 60 }),
        because: f.line({ label: 'Because', max: 200 }),
      },
      { label: 'Rows', help: 'A row without conditions fits every use.', station: 'classification' },
    ),
    conditions: f.rows(
      {
        row: f.line({ label: 'Row', max: 20 }),
        fact: f.line({ label: 'Fact', max: 80 }),
        test: f.choice(tests, { label: 'Test' }),
        values: f.line({ label: 'Values', max: 300 }),
      },
      { label: 'Conditions', help: 'All conditions of a row must hold.', station: 'classification' },
    ),
    questions: f.rows(
      {
        key: f.line({ label: 'Key', max: 40 }),
        ask: f.line({ label: 'Question', max: 300 }),
        answers: f.line({ label: 'Answers', max: 300 }),
      },
      { label: 'Own questions', help: 'Asked beside what the registers hold.', station: 'classification' },
    ),
    changes: f.text({ label: 'What changed and why', station: 'classification', max: 4000 }),
  },
  index: ['title', 'state', 'owner', 'method'],
  relations: {
    source: about('document', { label: 'Part of document', inverse: 'Schemes', many: false }),
  },
  material: ['method', 'askedWhere', 'levels', 'hits', 'rules', 'conditions', 'questions'],
  approvable: {
    by: ['aims-manager', 'top-management'],
    authority: () => ({ dimension: 'classification', level: null }),
    // What it asks of every use is not taken away by whoever wrote it.
    binds: { ownersOf: [] },
    lacks: ({ fields }) => lackIn(['levels', 'rules', 'conditions'], schemeLack(fields)),
  },
  lifecycle: keptUp,
  serves: ['4.1'],
  guard: ({ fields }) => schemeFaults(fields),
});
