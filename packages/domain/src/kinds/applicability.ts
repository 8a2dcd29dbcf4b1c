import { linksOf, listOf, type Readable, saysSentence, textOf } from '../trace/read.ts';
import { keptUp, named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind, lackIn, uses } from './kind.ts';
import { options } from './vocabulary.ts';

const decisions = options({ applicable: 'Applicable', excluded: 'Excluded' });
const reasons = options({
  treatment: 'A treatment calls for it',
  impact: 'An impact finding calls for it',
  law: 'Law',
  contract: 'Contract',
  'good-practice': 'Good practice',
  'house-rule': 'House rule',
});

/**
 * One line of the Statement of Applicability (6.1.3): the `control`, the `decision` and why. An inclusion names its
 * `reasons` and points at what calls for it (`reasonedBy`), or says why in words; an exclusion needs a `justification`. The line says
 * nothing about whether the control is in place: that is computed from implementations.
 */
export const applicability = defineKind({
  name: 'applicability',
  prefix: 'APL',
  collection: 'applicability',
  label: 'Line of the Statement of Applicability',
  plural: 'Statement of Applicability',
  purpose:
    'For every control: applicable or excluded, and why (6.1.3). All 38 controls of Annex A need a decision; a typical role is no reason.',
  regime: 'versioned',
  fields: {
    name: named('Line', ['control', 'control name', 'title']),
    decision: f.choice(decisions, {
      label: 'Decision',
      station: 'controls',
      column: true,
      alsoCalled: ['applicable', 'applicability', 'included', 'status'],
    }),
    reasons: f.choices(reasons, {
      label: 'Reasons for inclusion',
      station: 'controls',
      column: true,
      alsoCalled: ['reason', 'reason for inclusion', 'reasons'],
    }),
    justification: f.text({
      label: 'Justification',
      station: 'controls',
      max: 4000,
      alsoCalled: ['justification', 'rationale', 'reason for exclusion', 'comments'],
    }),
    owner: owned('Who keeps the decision true.', 'controls'),
    plannedOn: f.day({
      label: 'Planned in place by',
      station: 'controls',
      alsoCalled: ['planned date', 'target date', 'implementation date'],
    }),
    decidedOn: f.day({
      label: 'Decided on',
      station: 'controls',
      column: true,
      alsoCalled: ['date', 'decision date'],
    }),
  },
  index: ['title', 'state', 'owner', 'decision', 'decidedOn', 'plannedOn', 'control'],
  relations: {
    control: uses('control', { label: 'Control', inverse: 'Decided in', many: false, required: true }),
    reasonedBy: about(
      ['treatment', 'impact-assessment', 'obligation', 'risk', 'finding', 'incident'].concat([
        'classification',
        'gate',
        'document',
      ]),
      { label: 'Called for by', inverse: 'Gives reason for' },
    ),
  },
  material: ['decision', 'reasons', 'justification', 'control'],
  happened: ['decidedOn'],
  decided: { day: 'decidedOn', what: 'decision' },
  drawsOn: ['control', 'reasonedBy'],
  approvable: {
    by: ['aims-manager', 'top-management'],
    requires: ['decision'],
    authority: () => ({ dimension: 'applicability', level: null }),
    lacks: (content) => lackIn(['justification'], unjustified(content)),
  },
  lifecycle: keptUp,
  serves: ['6.1.3'],
});

/** Reasons that stand on no record of their own, as words: a heading, never a source. */
export const ownReasons: Readonly<Record<string, string>> = {
  'good-practice': 'good practice',
  'house-rule': 'a rule of the house',
};

/**
 * Whether a line says on what its decision rests (6.1.3 f): in words, or for an inclusion by what calls for it. An
 * exclusion is always the organisation's own word, in a sentence.
 */
export function saysWhy(line: Readable): boolean {
  if (textOf(line, 'decision') === 'excluded') return saysSentence(line, 'justification');
  return textOf(line, 'justification') !== null || linksOf(line, 'reasonedBy').length > 0;
}

/** A decision without its why is none that a statement can show (6.1.3 f). */
function unjustified(line: Content): string | undefined {
  if (saysWhy(line)) return undefined;
  if (textOf(line, 'decision') === 'excluded')
    return 'It excludes a control, and “Justification” does not say why, in a sentence.';
  return listOf(line, 'reasons').length > 0
    ? 'It gives a reason without a source: name what calls for the control, or write why.'
    : 'It includes a control, and says nowhere why.';
}
