import { firstDay, lastDay } from '../day.ts';
import { dayText } from '../day-text.ts';
import type { Content } from '../kinds/kind.ts';
import { cellText, dayOf, listOf, type Readable, rowsOf, says, saysSentence, textOf } from '../trace/read.ts';
import type { RightsElementWire } from '../wire-impact.ts';

/** The classification of a covered use, as far as Article 27 turns on it. */
export type ClassNow = Readable & { readonly id: string; readonly ref: string };

export type RightsFacts = {
  /** Classifications under the EU AI Act of the uses covered, one or more for each use that has any. */
  readonly classes: readonly ClassNow[];
  /** Uses covered that have no classification in law. */
  readonly unclassified: readonly string[];
  /** First day on which a covered use, a version or the system was in use. */
  readonly usedSince: string | null;
  /** The organisation's day: nothing was done on one that is still to come. */
  readonly today: string;
  /** Day on which the assessment was put on record here: none of its texts is older. */
  readonly recordedOn: string;
  /** The six elements of 27(1) by id, as the law's file names them. */
  readonly names: ReadonlyMap<string, string>;
};

export type Rights = {
  readonly due: 'yes' | 'no' | 'unknown';
  readonly because: string;
  readonly elements: readonly RightsElementWire[];
  readonly acts: readonly RightsElementWire[];
  readonly gaps: number;
};

/**
 * The fundamental-rights assessment as a view of the impact assessment: which of its elements are there already, what
 * it needs beyond them, and whether it was done before first use and notified (EU AI Act 27(1) to (4)). Pure.
 */
export function rightsOf(content: Content, facts: RightsFacts): Rights {
  const { due, because } = whetherDue(content, facts);
  const elements = elementsOf(content, facts.names);
  const acts = actsOf(content, facts);
  const missing = [...elements, ...acts].filter(({ there }) => !there).length;
  return { due, because, elements, acts, gaps: due === 'no' ? 0 : missing };
}

function whetherDue(
  content: Content,
  { classes, unclassified }: RightsFacts,
): Pick<Rights, 'due' | 'because'> {
  const outcomes = (one: ClassNow) => listOf(one, 'outcomes');
  const due = classes.filter((one) => outcomes(one).includes('fria-required'));
  const open = classes.filter((one) => outcomes(one).length === 0 || outcomes(one).includes('undetermined'));
  if (due.length > 0) return { due: 'yes', because: `${refs(due)} finds that it is required.` };
  if (textOf(content, 'fria') === 'due')
    return { due: 'yes', because: 'The assessment says that it is due.' };
  if (unclassified.length > 0)
    return { due: 'unknown', because: `${unclassified.join(', ')}: no class in law is on record.` };
  if (open.length > 0) return { due: 'unknown', because: `${refs(open)} is undetermined.` };
  if (classes.length === 0) return { due: 'unknown', because: 'No use case is named.' };
  return { due: 'no', because: `${refs(classes)} does not ask for it.` };
}

const refs = (records: readonly { readonly ref: string }[]): string =>
  records.map(({ ref }) => ref).join(', ');

/** The elements of 27(1), and which of them the assessment says, in a sentence where words alone say it. */
export function elementsOf(content: Readable, names: ReadonlyMap<string, string>): RightsElementWire[] {
  const harms = rowsOf(content, 'effects').filter(
    (row) => cellText(row, 'polarity') === 'harmful' && cellText(row, 'level') !== 'society',
  );
  const groups = rowsOf(content, 'affectedGroups').filter((row) => cellText(row, 'group') !== null);
  const element = (id: string, field: string, there: boolean, found: string, missing: string) => ({
    id,
    name: names.get(id) ?? id,
    there,
    says: there ? found : missing,
    field,
  });
  const text = (id: string, field: string) =>
    element(
      id,
      field,
      saysSentence(content, field),
      'Said here.',
      says(content, field)
        ? 'Asked beyond the impact assessment, and not said in a sentence.'
        : 'Asked beyond the impact assessment, and blank.',
    );
  return [
    text('a', 'friaProcesses'),
    text('b', 'friaPeriod'),
    element(
      'c',
      'affectedGroups',
      groups.length > 0,
      `${counted(groups.length, 'group')} from the impact assessment.`,
      'No affected group is named in the impact assessment.',
    ),
    element(
      'd',
      'effects',
      harms.length > 0,
      `${counted(harms.length, 'harm')} to persons and groups from the impact assessment.`,
      'The impact assessment names no harm to persons or groups.',
    ),
    text('e', 'friaOversight'),
    text('f', 'friaMeasures'),
  ];
}

const counted = (n: number, noun: string): string => `${n} ${n === 1 ? noun : `${noun}s`}`;

function actsOf(content: Content, { usedSince, today, recordedOn }: RightsFacts): RightsElementWire[] {
  const done = dayOf(content, 'friaOn');
  const notified = dayOf(content, 'friaNotifiedOn');
  const late = done !== null && usedSince !== null && firstDay(done) > lastDay(usedSince);
  // The day is typed: what was put on record only after it is said with it (7.5.3).
  const entered =
    done !== null && lastDay(done) < recordedOn ? ` Entered afterwards, on ${dayText(recordedOn)}.` : '';
  const toCome = (day: string | null) => day !== null && firstDay(day) > today;
  return [
    {
      id: 'before-use',
      name: 'Done before first use',
      there: done !== null && !late && !toCome(done),
      says:
        done === null
          ? 'The day on which it was done is blank.'
          : toCome(done)
            ? `${dayText(done)} is still to come.`
            : usedSince === null
              ? `Done on ${dayText(done)}; no use has begun.${entered}`
              : `Done on ${dayText(done)}; in use since ${dayText(usedSince)}.${entered}`,
      field: 'friaOn',
    },
    {
      id: 'notified',
      name: 'Authority notified',
      there:
        (notified !== null && !toCome(notified) && says(content, 'friaAuthority')) ||
        saysSentence(content, 'friaNotNotified'),
      says: notification(content, notified),
      field: notified === null ? 'friaNotifiedOn' : 'friaAuthority',
    },
  ];
}

function notification(content: Content, on: string | null): string {
  if (saysSentence(content, 'friaNotNotified')) return 'A reason stands why no authority is notified.';
  if (on === null)
    return says(content, 'friaNotNotified')
      ? 'Why no authority is notified is not said in a sentence.'
      : 'No notification is on record.';
  const authority = textOf(content, 'friaAuthority');
  if (authority === null) return `Notified on ${dayText(on)}; which authority is blank.`;
  const receipt = textOf(content, 'friaReceipt');
  return `${authority}, on ${dayText(on)}${receipt === null ? '; no receipt is on record' : `, receipt ${receipt}`}.`;
}
