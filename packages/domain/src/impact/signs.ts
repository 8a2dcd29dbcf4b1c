import type { Content } from '../kinds/kind.ts';
import { impactDimensions } from '../kinds/vocabulary/impact.ts';
import { cellText, type Row, rowsOf, textOf } from '../trace/read.ts';
import type { ImpactSignWire } from '../wire-impact.ts';
import { partOf } from './parts.ts';

const fewWords = 8;
/** Texts that a reader expects more than a few words of, and from how many on; those of Article 27(1) where it is written. */
const prose: Readonly<Record<string, { readonly label: string; readonly atLeast: number }>> = {
  context: { label: 'Context', atLeast: fewWords },
  intendedUse: { label: 'Intended use', atLeast: fewWords },
  misuse: { label: 'Foreseeable misuse', atLeast: fewWords },
  friaProcesses: { label: 'Processes in which it is used', atLeast: fewWords },
  // "Daily, until June 2029" says it all.
  friaPeriod: { label: 'Period and frequency of use', atLeast: 4 },
  friaOversight: { label: 'Human oversight as carried out', atLeast: fewWords },
  friaMeasures: { label: 'If harm occurs', atLeast: fewWords },
  conclusion: { label: 'Conclusion', atLeast: fewWords },
};
/** A text that stands in so many places says little about each. */
const manyTimes = 3;

/**
 * What a reader notices about an assessment that says little. Observations with their counts, never a verdict: a use
 * may be harmless, and only people can tell that from an assessment written in haste. Pure.
 */
export function signsOf(content: Content): ImpactSignWire[] {
  const effects = rowsOf(content, 'effects');
  const judged = effects.filter((row) => cellText(row, 'polarity') !== null);
  const harmful = judged.filter((row) => cellText(row, 'polarity') === 'harmful');
  const beneficial = judged.filter((row) => cellText(row, 'polarity') === 'beneficial');
  const real = [...harmful, ...beneficial];
  const found = (is: boolean, id: string, says: string, part: string | null = null): ImpactSignWire[] =>
    is ? [{ id, part, says }] : [];
  return [
    ...found(!named(content), 'no-group', 'No affected group is named.', 'groups'),
    ...found(
      judged.length >= manyTimes && real.length === 0,
      'all-none',
      `All ${judged.length} effects on record say "no effect".`,
    ),
    ...found(
      beneficial.length > 0 && harmful.length === 0,
      'no-harm',
      'Benefits are named, and no harm in any dimension.',
    ),
    ...found(
      harmful.length > 0 && beneficial.length === 0,
      'no-benefit',
      'Harms are named, and no benefit in any dimension.',
    ),
    ...found(
      real.length > 0 && real.every((row) => cellText(row, 'basis') === null),
      'no-basis',
      'No effect says what its judgement rests on.',
    ),
    ...found(
      harmful.length > 1 && harmful.every(remainsAsIs),
      'measures-change-nothing',
      'Every harm keeps its severity after its measures.',
    ),
    ...shortTexts(content),
    ...sameTexts(content),
    ...repeated(effects),
  ];
}

const named = (content: Content): boolean =>
  rowsOf(content, 'affectedGroups').some((row) => cellText(row, 'group') !== null);

const remainsAsIs = (row: Row): boolean => {
  const remaining = cellText(row, 'remaining');
  return remaining !== null && remaining === cellText(row, 'severity');
};

const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

function shortTexts(content: Content): ImpactSignWire[] {
  return Object.entries(prose).flatMap(([field, { label, atLeast }]) => {
    const text = textOf(content, field);
    if (text === null || wordsIn(text) >= atLeast) return [];
    const count = wordsIn(text);
    return [
      {
        id: `short-${field}`,
        part: partOf(field),
        says: `${label} has ${count} ${count === 1 ? 'word' : 'words'}.`,
      },
    ];
  });
}

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** The same words as several texts, whatever their case and spacing. */
function sameTexts(content: Content): ImpactSignWire[] {
  const texts = Object.entries(prose).flatMap(([field, { label }]) => {
    const text = textOf(content, field);
    return text === null ? [] : [{ field, label, text: plain(text) }];
  });
  return [...Map.groupBy(texts, ({ text }) => text).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || same.length < manyTimes) return [];
    const labels = same.map(({ label }) => label).join(', ');
    return [
      { id: `same-${first.field}`, part: partOf(first.field), says: `The same words stand as ${labels}.` },
    ];
  });
}

/** The same words under several dimensions, whatever their case and spacing. */
function repeated(effects: readonly Row[]): ImpactSignWire[] {
  return (['effect', 'reason', 'measures', 'basis'] as const).flatMap((cell) => {
    const texts = effects.flatMap((row) => {
      const text = cellText(row, cell);
      const dimension = cellText(row, 'dimension');
      return text === null || dimension === null ? [] : [{ text: plain(text), dimension }];
    });
    const worst = [...Map.groupBy(texts, ({ text }) => text).values()]
      .map((same) => new Set(same.map(({ dimension }) => dimension)).size)
      .reduce((most, count) => Math.max(most, count), 0);
    return worst < manyTimes
      ? []
      : [
          {
            id: `same-${cell}`,
            part: null,
            says: `The same words stand as ${cellWords[cell]} in ${worst} of ${impactDimensions.length} dimensions.`,
          },
        ];
  });
}

const cellWords = { effect: 'effect', reason: 'reason', measures: 'measures', basis: 'basis' };
