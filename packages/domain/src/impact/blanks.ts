import type { Content } from '../kinds/kind.ts';
import { confirmableParts, impactDimensions } from '../kinds/vocabulary/impact.ts';
import { severities } from '../kinds/vocabulary/scales.ts';
import {
  cellSentence,
  cellText,
  linksOf,
  type Row,
  rowsOf,
  says,
  saysSentence,
  textOf,
} from '../trace/read.ts';
import type { ImpactBlankWire } from '../wire-impact.ts';
import { confirmId, waitingFields } from './confirm.ts';
import { isSocietal, partOf } from './parts.ts';
import { type Side, sidesOpen } from './sides.ts';

/** What an assessment still leaves blank: where, and in words. Blank is never taken for "no effect" (6.1.4, 8.4). */
export type Blank = ImpactBlankWire;

/** Everything that is blank, or filled in from elsewhere and confirmed by nobody, in the order of the parts. Pure. */
export function blanksOf(content: Content): Blank[] {
  return [
    ...unconfirmed(content),
    ...about(content),
    ...groups(content),
    ...impactDimensions.flatMap(({ id, label }) => dimension(content, id, label)),
    ...annexes(content),
    ...rights(content),
    ...consultation(content),
    ...conclusion(content),
  ];
}

const at = (field: string, words: string): Blank => ({ part: partOf(field), field, says: words });
const when = (blank: boolean, field: string, words: string): Blank[] => (blank ? [at(field, words)] : []);

function unconfirmed(content: Content): Blank[] {
  const labels = new Map(confirmableParts.map(({ id, label }) => [id, label]));
  return waitingFields(content).map((field) =>
    at(field, `${labels.get(confirmId(field))} was filled in from elsewhere and nobody confirmed it.`),
  );
}

function about(content: Content): Blank[] {
  const uses = linksOf(content, 'covers').length;
  return [
    ...when(uses === 0, 'covers', 'No use case is named.'),
    ...when(
      uses > 1 && !says(content, 'togetherReason'),
      'togetherReason',
      'Several use cases are covered together, and no reason is given.',
    ),
    ...when(!says(content, 'context'), 'context', 'The context is blank.'),
    ...when(!says(content, 'intendedUse'), 'intendedUse', 'The intended use is blank.'),
    ...when(!says(content, 'misuse'), 'misuse', 'Foreseeable misuse is blank.'),
    ...when(!says(content, 'jurisdictions'), 'jurisdictions', 'No jurisdiction is named.'),
    ...when(
      says(content, 'proposedChange') && !says(content, 'changeEffectiveOn'),
      'changeEffectiveOn',
      'The day on which the proposed change takes effect is blank.',
    ),
  ];
}

function groups(content: Content): Blank[] {
  const rows = rowsOf(content, 'affectedGroups');
  const named = rows.filter((row) => cellText(row, 'group') !== null);
  const cared = rows.some((row) => cellText(row, 'care') !== null);
  return [
    ...when(named.length === 0, 'affectedGroups', 'No affected group is named.'),
    ...when(
      named.length > 0 && rows.length > named.length,
      'affectedGroups',
      'A row of the affected groups names no group.',
    ),
    ...when(
      named.length > 0 && !cared && textOf(content, 'careSought') !== 'yes',
      'careSought',
      'No group that needs particular care is named, and it is not said that any was looked for.',
    ),
  ];
}

const both = ['effect', 'severity', 'likelihood', 'reach', 'basis'];
/** What each judged effect says; a benefit needs no measures and need not be undone. */
const asked: Readonly<Record<string, readonly string[]>> = {
  harmful: [...both, 'reversibility', 'measures', 'remaining'],
  beneficial: both,
  'no-harm': ['reason'],
  'no-benefit': ['reason'],
  none: ['reason'],
};
const words: Readonly<Record<string, string>> = {
  effect: 'the effect',
  severity: 'severity',
  likelihood: 'likelihood',
  reach: 'reach',
  basis: 'basis',
  reversibility: 'reversibility',
  measures: 'measures',
  remaining: 'what remains',
  reason: 'the reason, in a sentence,',
  level: 'who bears it',
};

function dimension(content: Content, id: string, label: string): Blank[] {
  const here = rowsOf(content, 'effects').filter((row) => cellText(row, 'dimension') === id);
  const blank = (text: string): Blank => ({ part: id, field: 'effects', says: text });
  if (here.length === 0) return [blank(`${label} is not judged.`)];
  const rows = here.flatMap((row) => {
    const polarity = cellText(row, 'polarity');
    if (polarity === null) return [blank(`${label}: whether the effect is good or bad is blank.`)];
    const missing = [...(asked[polarity] ?? []), 'level'].filter((cell) => isBlank(row, cell));
    const list = missing.map((cell) => words[cell] ?? cell).join(', ');
    if (missing.length > 0) return [blank(`${label}: ${list} ${missing.length === 1 ? 'is' : 'are'} blank.`)];
    if (polarity === 'harmful' && isWorseAfter(row))
      return [blank(`${label}: what remains is worse than the effect without its measures.`)];
    return isSocietal(id) === (cellText(row, 'level') === 'society')
      ? []
      : [blank(`${label}: who bears it does not fit the dimension.`)];
  });
  // A row that says neither yet may become the answer: it is asked first.
  const undecided = here.some((row) => cellText(row, 'polarity') === null);
  const open = undecided ? [] : sidesOpen(here);
  return [...rows, ...open.map((side) => blank(`${label}: ${openSide[side]}`))];
}

const openSide: Readonly<Record<Side, string>> = {
  harm: 'no harm is named, nor why there is none.',
  benefit: 'no benefit is named, nor why there is none.',
};

/** Measures leave nobody worse off: one of the two severities is wrong, or the measures do a harm of their own. */
function isWorseAfter(row: Row): boolean {
  const step = (cell: string) => severities.findIndex(({ id }) => id === cellText(row, cell));
  return step('remaining') > step('severity');
}

/** Why there is no harm, or no benefit, stands in place of judging one: a word leaves it open. */
const isBlank = (row: Row, cell: string): boolean =>
  cell === 'reason' ? !cellSentence(row, cell) : cellText(row, cell) === null;

/** Another assessment is done and somewhere, due, or not due because; nothing said is none of these. */
function other(content: Content, name: string, title: string): Blank[] {
  const state = textOf(content, name);
  return [
    ...when(state === null, name, `It is not said how the ${title} stands.`),
    ...when(
      state === 'done' && !says(content, `${name}Reference`),
      `${name}Reference`,
      `The ${title} is done, and where it is stands nowhere.`,
    ),
    ...when(
      state === 'not-due' && !saysSentence(content, `${name}Reason`),
      `${name}Reason`,
      `The ${title} is not due, and no reason is given in a sentence.`,
    ),
  ];
}

const owned = (content: Content, state: string, owner: string, title: string): Blank[] =>
  when(
    ['done', 'due'].includes(textOf(content, state) ?? '') && !says(content, owner),
    owner,
    `Nobody is named who answers for ${title}.`,
  );

function annexes(content: Content): Blank[] {
  return [
    ...when(
      !says(content, 'ropaReference') && !says(content, 'ropaReason'),
      'ropaReference',
      'No record of processing is named, and no reason is given.',
    ),
    ...other(content, 'dpia', 'data protection assessment'),
    ...owned(content, 'dpia', 'privacyOwner', 'privacy'),
    ...other(content, 'safety', 'safety annex'),
    ...owned(content, 'safety', 'safetyOwner', 'safety'),
    ...other(content, 'security', 'security annex'),
    ...owned(content, 'security', 'securityOwner', 'security'),
  ];
}

const elements = [
  ['friaProcesses', 'in which processes the system is used'],
  ['friaPeriod', 'for how long and how often'],
  ['friaOversight', 'how people oversee it'],
  ['friaMeasures', 'what is done where a risk comes true'],
  ['friaOn', 'on which day it was done'],
] as const;

/** Article 27 is a view of its own (`rights.ts`). What is said to be done says at least what 27(1) asks beyond the rest. */
function rights(content: Content): Blank[] {
  const state = textOf(content, 'fria');
  return [
    ...when(state === null, 'fria', 'It is not said how the fundamental rights assessment stands.'),
    ...when(
      state === 'not-due' && !saysSentence(content, 'friaReason'),
      'friaReason',
      'The fundamental rights assessment is not due, and no reason is given in a sentence.',
    ),
    ...elements.flatMap(([field, what]) =>
      when(
        state === 'done' && !says(content, field),
        field,
        `The fundamental rights assessment does not say ${what}.`,
      ),
    ),
  ];
}

function consultation(content: Content): Blank[] {
  const answer = textOf(content, 'consulted');
  return [
    ...when(answer === null, 'consulted', 'It is not said whether affected people were consulted.'),
    ...when(
      answer !== null && !says(content, 'consultation'),
      'consultation',
      answer === 'yes'
        ? 'Who was consulted, and what they said, is blank.'
        : 'Why affected people were not consulted is blank.',
    ),
  ];
}

function conclusion(content: Content): Blank[] {
  return [
    ...when(!says(content, 'conclusion'), 'conclusion', 'The conclusion is blank.'),
    ...when(!says(content, 'continuation'), 'continuation', 'It is not said whether the use may go on.'),
    ...when(!says(content, 'remainingSeverity'), 'remainingSeverity', 'The severity that remains is blank.'),
    ...when(!says(content, 'owner'), 'owner', 'Nobody is named who runs the assessment.'),
    ...when(!says(content, 'assessedOn'), 'assessedOn', 'The day of the assessment is blank.'),
    ...when(
      !says(content, 'retention') && !says(content, 'keepUntil'),
      'retention',
      'How long it is kept is blank.',
    ),
  ];
}
