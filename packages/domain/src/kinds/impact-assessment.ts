import { blanksOf } from '../impact/blanks.ts';
import { isObject } from '../json.ts';
import { heldBack, named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { annexFields, changeFields, methodFields, rightsFields } from './impact-annexes.ts';
import { about, type Content, defineKind, uses } from './kind.ts';
import { objectiveOptions } from './vocabulary/annex-c.ts';
import {
  continuations,
  effectAnswers,
  groupsNeedingCare,
  impactDimensions,
  impactLevels,
  polarities,
} from './vocabulary/impact.ts';
import { likelihoods, reaches, reversibilities, severities } from './vocabulary/scales.ts';

/**
 * An assessment of what use cases do to people, groups and society (6.1.4, 8.4, A.5.2 to A.5.5). `covers` names use
 * cases of its own system, whose line reads it, `togetherReason` why more than one. Each row of `effects` has a `number` that risks cite in `carriedEffects`;
 * `level` says who bears it, `polarity` good or bad, and a row without effect carries `reason`. Significant is what is
 * harmful with severity serious or severe: such a row is `answer: risk`, or `no-risk` with its reason. What was filled
 * in from elsewhere stands in `toConfirm` until a person has confirmed it; blank or unconfirmed is not complete.
 * `classes` names the classifications that something was filled in from. An approval does not draw on them: a class is
 * looked at again every few months without saying anything else, so the line asks whether it stands and what it says.
 */
export const impactAssessment = defineKind({
  name: 'impact-assessment',
  prefix: 'IA',
  collection: 'impact-assessments',
  label: 'Impact assessment',
  plural: 'Impact assessments',
  purpose:
    'What a use could do to individuals, groups and society, for good and for bad (6.1.4, 8.4). Every live use case needs one; the rest of the line hangs from it.',
  regime: 'versioned',
  fields: {
    name: named('Title', ['assessment', 'impact assessment', 'title']),
    owner: owned('Who runs the assessment.', 'impact', ['assessor', 'impact assessment lead']),
    togetherReason: f.text({ label: 'Why these uses together', station: 'impact', max: 2000 }),
    context: f.text({
      label: 'Context',
      help: 'Purpose, place, people and technology at the time.',
      station: 'impact',
      alsoCalled: ['context', 'description'],
    }),
    intendedUse: f.text({
      label: 'Intended use',
      help: 'What it is meant to do in these uses, for whom, and what follows from its output.',
      station: 'impact',
      max: 4000,
      alsoCalled: ['intended use', 'intended purpose'],
    }),
    jurisdictions: f.list({
      label: 'Jurisdictions',
      station: 'impact',
      alsoCalled: ['jurisdictions', 'countries'],
    }),
    affectedGroups: f.rows(
      {
        group: f.line({ label: 'Group' }),
        size: f.line({ label: 'How many' }),
        care: f.choice(groupsNeedingCare, { label: 'Needs particular care' }),
        note: f.line({ label: 'How they are touched', max: 500 }),
      },
      { label: 'Affected groups', station: 'impact' },
    ),
    careSought: f.answer({
      label: 'Groups that need particular care were looked for',
      help: 'Asked where none is named: children, older persons, persons with impairments, workers, others.',
      station: 'impact',
    }),
    misuse: f.text({
      label: 'Foreseeable misuse',
      help: 'What was considered, even if nothing follows.',
      station: 'impact',
      max: 4000,
      alsoCalled: ['misuse'],
    }),
    failureEffects: f.text({
      label: 'When it fails',
      help: 'Who is hurt by an error, and who notices.',
      station: 'impact',
      max: 4000,
    }),
    effects: f.rows(
      {
        number: f.number({ label: 'Number', whole: true, min: 1, max: 999 }),
        dimension: f.choice(impactDimensions, { label: 'Dimension' }),
        level: f.choice(impactLevels, { label: 'Who bears it' }),
        polarity: f.choice(polarities, { label: 'Good or bad' }),
        effect: f.line({ label: 'Effect', max: 600 }),
        severity: f.choice(severities, { label: 'Severity' }),
        likelihood: f.choice(likelihoods, { label: 'Likelihood' }),
        reversibility: f.choice(reversibilities, { label: 'Reversibility' }),
        reach: f.choice(reaches, { label: 'Reach' }),
        basis: f.line({
          label: 'Basis',
          help: 'What the judgement rests on: a test, figures, cases, people asked.',
          max: 600,
        }),
        measures: f.line({ label: 'Measures', max: 600 }),
        remaining: f.choice(severities, { label: 'Severity that remains' }),
        answer: f.choice(effectAnswers, { label: 'What follows' }),
        reason: f.line({ label: 'Because', help: 'Needed for no effect and for no risk.', max: 600 }),
      },
      {
        label: 'Effects',
        help: 'Individuals, groups and society each need a row; no effect carries a reason.',
        station: 'impact',
      },
    ),
    objectives: f.choices(objectiveOptions, { label: 'Objectives touched', station: 'impact' }),
    benefits: f.text({ label: 'Benefits', station: 'impact', max: 4000, alsoCalled: ['benefits'] }),
    conclusion: f.text({
      label: 'Conclusion',
      station: 'impact',
      max: 4000,
      alsoCalled: ['conclusion', 'result', 'outcome'],
    }),
    continuation: f.choice(continuations, {
      label: 'What follows for the use',
      help: 'A use that must not go on and runs is a gap until it stops, or is assessed anew.',
      station: 'impact',
      alsoCalled: ['recommendation', 'decision'],
    }),
    remainingSeverity: f.choice(severities, {
      label: 'Severity that remains',
      station: 'impact',
      column: true,
      alsoCalled: ['residual impact', 'overall impact'],
    }),
    consulted: f.answer({ label: 'Affected people were consulted', station: 'impact' }),
    consultation: f.text({
      label: 'Who was consulted, and what they said',
      station: 'impact',
      max: 4000,
      alsoCalled: ['consultation', 'stakeholders consulted'],
    }),
    ...annexFields,
    ...rightsFields,
    trigger: f.line({ label: 'What led to it', station: 'impact', alsoCalled: ['trigger', 'reason'] }),
    assessedOn: f.day({
      label: 'Assessed on',
      station: 'impact',
      column: true,
      alsoCalled: ['date', 'assessment date', 'completed on'],
    }),
    nextReview: f.day({
      label: 'Next assessment',
      station: 'impact',
      column: true,
      alsoCalled: ['next review', 'review date', 'valid until'],
    }),
    retention: f.line({
      label: 'Kept for',
      help: 'A.5.3 asks for a set time and names none.',
      station: 'impact',
      alsoCalled: ['retention'],
    }),
    keepUntil: f.day({ label: 'Kept until at least', station: 'impact' }),
    legalHold: heldBack('impact'),
    ...methodFields,
    ...changeFields,
  },
  index: ['title', 'state', 'owner', 'remainingSeverity', 'assessedOn', 'nextReview', 'dpia', 'fria'],
  relations: {
    system: withinSystem('Impact assessments', true),
    covers: about('use-case', {
      label: 'Covers use case',
      inverse: 'Impact assessments',
      ownSystem: true,
    }),
    classes: about('classification', { label: 'Filled in from class', inverse: 'Read by assessment' }),
    method: about('document', { label: 'By method', inverse: 'Method of assessment', many: false }),
    controls: uses('control', { label: 'Calls for control', inverse: 'Called for by assessment' }),
    otherAssessments: about(['document', 'evidence'], {
      label: 'Other assessments',
      inverse: 'Belongs to assessment',
    }),
  },
  material: [
    'context',
    'intendedUse',
    'affectedGroups',
    'misuse',
    'effects',
    'conclusion',
    'continuation',
    'remainingSeverity',
    'dpia',
    'fria',
    'covers',
    'controls',
    'assessedOn',
  ],
  drawsOn: ['covers'],
  cited: ['effects'],
  happened: ['assessedOn', 'dpiaOn', 'friaOn', 'friaNotifiedOn'],
  comes: { day: 'changeEffectiveOn', what: 'proposedChange' },
  kept: { until: 'keepUntil', hold: 'legalHold' },
  approvable: {
    by: ['aims-manager', 'top-management'],
    in: ['completed'],
    authority: () => ({ dimension: 'impact_assessment', level: null }),
    // Whoever runs it puts it forward, also where others wrote its words (6.1.4).
    requestedBy: ['owner'],
    binds: { ownersOf: ['covers'], replaceable: true },
  },
  lifecycle: {
    initial: 'under-way',
    states: {
      'under-way': { label: 'Under way', shape: 'half' },
      completed: { label: 'Completed', shape: 'full' },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: {
      complete: {
        label: 'Complete',
        from: ['under-way'],
        to: 'completed',
        requires: [
          'covers',
          'context',
          'affectedGroups',
          'misuse',
          'effects',
          'conclusion',
          'assessedOn',
          'owner',
        ],
        guard: (content) => missingLevels(content.fields.effects) ?? stillBlank(content),
      },
      reassess: { label: 'Reassess', from: ['completed', 'withdrawn'], to: 'under-way' },
      withdraw: { label: 'Withdraw', from: ['under-way', 'completed'], to: 'withdrawn' },
    },
  },
  cadence: { months: 12, from: 'assessedOn' },
  nextLook: { field: 'nextReview', from: ['assessedOn'], interval: 'impact_assessment' },
  serves: ['6.1.4', '8.4', 'A.5.2', 'A.5.3', 'A.5.4', 'A.5.5'],
  guard: ({ fields }): Record<string, string> => {
    const twice = numberTwice(fields.effects);
    return twice === undefined ? {} : { effects: `Two effects have the number ${twice}. Risks cite it.` };
  },
});

/** An assessment that leaves out people, groups or society is thin, not complete (A.5.4, A.5.5). */
function missingLevels(effects: unknown): string | undefined {
  const rows: readonly unknown[] = Array.isArray(effects) ? effects : [];
  const has = (level: string) =>
    rows.some((row) => typeof row === 'object' && row !== null && 'level' in row && row.level === level);
  const missing = impactLevels.filter((level) => !has(level.id)).map((level) => level.label.toLowerCase());
  return missing.length > 0
    ? `No effect, not even "no effect because", is on record for ${missing.join(' and ')}.`
    : undefined;
}

const saidAtOnce = 3;

/** What is blank, or filled in and not confirmed, is not passed. The first few are named. */
function stillBlank(content: Content): string | undefined {
  const blanks = blanksOf(content);
  const more = blanks.length - saidAtOnce;
  const said = blanks.slice(0, saidAtOnce).map(({ says }) => says);
  return blanks.length === 0 ? undefined : [...said, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

/** Risks cite an effect by its number, so a number stands once. */
function numberTwice(effects: unknown): number | undefined {
  const rows: readonly unknown[] = Array.isArray(effects) ? effects : [];
  const numbers = rows.flatMap((row) =>
    isObject(row) && typeof row.number === 'number' ? [row.number] : [],
  );
  return numbers.find((number, position) => numbers.indexOf(number) !== position);
}
