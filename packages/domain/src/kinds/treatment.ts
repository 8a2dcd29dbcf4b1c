import { type AuthorityDemand, demandOf } from '../authority.ts';
import { lastDay } from '../day.ts';
import { dayText } from '../day-text.ts';
import { comparisonLack, comparisonOf, itemsOf } from '../risk/comparison.ts';
import { expectsLess } from '../risk/remaining.ts';
import { cellDay, cellText, rowsOf } from '../trace/read.ts';
import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind, lackIn, uses } from './kind.ts';
import { treatmentOptionChoices } from './vocabulary/annex-c.ts';
import { effects, levels } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

/** An action that nobody has, or that has no day, is a wish: the plan says who does what by when (6.1.3, 8.3). */
function bareActions(fields: Content['fields']): string | undefined {
  const lacking = rowsOf({ fields, links: {} }, 'actions').flatMap((row, at) => {
    const missing = [
      ...(cellText(row, 'action') === null ? ['words'] : []),
      ...(cellText(row, 'owner') === null ? ['owner'] : []),
      ...(cellDay(row, 'due') === null && cellDay(row, 'firstDue') === null ? ['day'] : []),
    ];
    return missing.length > 0 ? [`action ${at + 1} has no ${missing.join(' and no ')}`] : [];
  });
  return lacking.length > 0
    ? `Each action says what is done, and has an owner and a day: ${lacking.join('; ')}.`
    : undefined;
}

/** A plan is done once its actions are (8.3): what remains is accepted on the strength of them. */
function openActions(fields: Content['fields']): string | undefined {
  const open = rowsOf({ fields, links: {} }, 'actions').flatMap((row, at) =>
    cellDay(row, 'doneOn') === null ? [String(at + 1)] : [],
  );
  return open.length > 0
    ? `Say on which day each action was done, or take it out of the plan. Open: action ${open.join(', ')}.`
    : undefined;
}

/** What is open and was due before anybody agreed to it is late from the start: it gets a day that can be kept. */
function dueBefore(fields: Content['fields'], today: string): string | undefined {
  const late = rowsOf({ fields, links: {} }, 'actions').flatMap((row, at) => {
    const due = cellDay(row, 'due') ?? cellDay(row, 'firstDue');
    return due !== null && lastDay(due) < today && cellDay(row, 'doneOn') === null
      ? [`action ${at + 1} on ${dayText(due)}`]
      : [];
  });
  return late.length > 0
    ? `An open action is due after the plan is approved, not before: ${late.join('; ')}.`
    : undefined;
}

/** Whoever approves a plan agrees to the level that it leaves (6.1.3); to the highest where it says none. */
export const planDemand = ({ expectedLevel }: Content['fields']): AuthorityDemand =>
  demandOf('treatment_plan', expectedLevel, 'expected');

/**
 * A treatment plan (6.1.3, 8.3). `risks` are the risks treated, `controls` the controls it calls for, `waitsFor` the
 * plans that have to be done first. Each row of
 * `actions` has an owner, `due` and `firstDue` (kept when the date moves), `doneOn` and a result.
 */
export const treatment = defineKind({
  name: 'treatment',
  prefix: 'TRT',
  collection: 'treatments',
  label: 'Treatment plan',
  plural: 'Treatments',
  purpose:
    'What is done about risks, by whom and until when, with the controls it calls for (6.1.3, 8.3). The plan is approved; the risk that remains is accepted on the risk itself.',
  regime: 'versioned',
  fields: {
    name: named('Plan', ['treatment', 'treatment plan', 'plan', 'title', 'measure']),
    option: f.choices(treatmentOptionChoices, {
      label: 'Way of treatment',
      station: 'risk',
      column: true,
      alsoCalled: ['option', 'treatment option', 'strategy'],
    }),
    rationale: f.text({
      label: 'Why this way',
      station: 'risk',
      max: 4000,
      alsoCalled: ['rationale', 'description'],
    }),
    owner: owned('Who answers for the plan.', 'risk', ['action owner']),
    actions: f.rows(
      {
        action: f.line({ label: 'Action', max: 500 }),
        owner: f.member({ label: 'Owner' }),
        due: f.day({ label: 'Due' }),
        firstDue: f.day({ label: 'First due', help: 'Kept when the date moves.' }),
        doneOn: f.day({ label: 'Done on' }),
        result: f.line({ label: 'Result', max: 500 }),
      },
      { label: 'Actions', station: 'risk' },
    ),
    compared: f.rows(
      {
        control: f.line({ label: 'Control of Annex A', max: 20 }),
        answer: f.choice(options({ needed: 'Needed', 'not-needed': 'Not needed, because' }), {
          label: 'Needed',
        }),
        reason: f.line({ label: 'Why', max: 300 }),
      },
      {
        label: 'Held against Annex A',
        help: 'What was said of controls that the plan does not call for, so that no necessary one is left out (6.1.3).',
        station: 'risk',
      },
    ),
    due: f.day({
      label: 'Due',
      help: 'When the whole plan is done.',
      station: 'risk',
      column: true,
      alsoCalled: ['due date', 'target date', 'deadline'],
    }),
    expectedLevel: f.choice(levels, {
      label: 'Level expected after it',
      station: 'risk',
      column: true,
      alsoCalled: ['expected residual', 'target level'],
    }),
    doneOn: f.day({ label: 'Done on', station: 'risk', alsoCalled: ['completed on'] }),
    results: f.text({ label: 'Results', station: 'risk', max: 4000, alsoCalled: ['result', 'status note'] }),
    effect: f.choice(effects, { label: 'Did it work', station: 'risk' }),
    effectJudgedBy: f.member({ label: 'Judged by', station: 'risk' }),
    effectJudgedOn: f.day({ label: 'Judged on', station: 'risk' }),
    cancelReason: f.text({ label: 'Why it was given up', station: 'risk', max: 2000 }),
  },
  index: ['title', 'state', 'owner', 'due', 'expectedLevel', 'effect'],
  relations: {
    system: withinSystem('Treatments'),
    risks: about('risk', { label: 'Treats risk', inverse: 'Treated by' }),
    controls: uses('control', { label: 'Calls for control', inverse: 'Called for by treatment' }),
    waitsFor: about('treatment', { label: 'Waits for plan', inverse: 'Waited for by plan' }),
    evidence: about('evidence', { label: 'Proof of results', inverse: 'Proves treatment' }),
  },
  material: ['option', 'actions', 'expectedLevel', 'risks', 'controls'],
  drawsOn: ['risks'],
  happened: ['doneOn'],
  acyclic: ['risks', 'waitsFor', 'arisesFrom'],
  approvable: {
    by: ['risk-owner', 'aims-manager', 'top-management'],
    requires: ['option', 'risks', 'actions', 'owner'],
    authority: planDemand,
    lacks: ({ fields }, { annexA, linked, today }) =>
      lackIn(['actions'], bareActions(fields) ?? dueBefore(fields, today)) ??
      lackIn(['expectedLevel'], expectsLess({ fields, links: {} }, linked('risks'))) ??
      lackIn(['compared'], comparisonLack(comparisonOf(fields, annexA, itemsOf(linked('controls'))))),
  },
  lifecycle: {
    initial: 'planned',
    states: {
      planned: { label: 'Planned', shape: 'hollow' },
      'under-way': { label: 'Under way', shape: 'half' },
      done: { label: 'Done', shape: 'full' },
      'given-up': { label: 'Given up', shape: 'crossed', ended: true },
    },
    transitions: {
      start: {
        label: 'Start',
        from: ['planned'],
        to: 'under-way',
        requires: ['actions', 'owner'],
        approved: true,
      },
      finish: {
        label: 'Finish',
        from: ['under-way'],
        to: 'done',
        requires: ['results', 'doneOn'],
        guard: ({ fields }) => openActions(fields),
      },
      treatAgain: { label: 'Treat again', from: ['done', 'given-up'], to: 'planned' },
      giveUp: {
        label: 'Give up',
        from: ['planned', 'under-way'],
        to: 'given-up',
        requires: ['cancelReason'],
      },
    },
  },
  serves: ['6.1.1', '6.1.3', '8.3'],
  apart: [
    {
      field: 'effectJudgedBy',
      from: ['owner', 'actions.owner'],
      say: 'The effect is judged by somebody who neither answers for the plan nor did its actions (8.3, 10.2).',
      past: true,
    },
  ],
});
