import { firstDay, lastDay } from '../day.ts';
import { dayOf, linksOf, type Readable, says, saysSentence } from '../trace/read.ts';
import type { TwoHands } from './two-hands.ts';

/**
 * Whether a requirement is law that binds: taken on or not, decided or not, until it was ended. A last day that somebody
 * wrote ends nothing by itself: another person does, by the step (4.2).
 */
export const lawBinds = ({ fields }: Pick<Readable, 'fields'>, state: string): boolean =>
  fields.source === 'law' && state !== 'ended';

/** What law still lacks to be ended, in words; nothing for other requirements. `today` YYYY-MM-DD. */
export function endingLacks(content: Readable, today: string): string | undefined {
  if (content.fields.source !== 'law') return undefined;
  const to = dayOf(content, 'appliesTo');
  if (to !== null && lastDay(to) > today)
    return '“Applies to” is still to come, and law binds until then. It is ended once that day is here.';
  return saysSentence(content, 'endReason')
    ? undefined
    : 'Say in “Why it ended” why law no longer asks this, or that it never did, in a sentence.';
}

const homes = ['system', 'useCase'] as const;

/** Which law it is, and what it asks: worded otherwise it is in the history, and emptied it asks nothing. */
const words = ['act', 'provision', 'content'] as const;

/** Words that were there and are not any more: emptied, or a sentence that is none now. */
const emptied = (before: Readable, next: Readable): string[] =>
  words.filter(
    (part) =>
      (says(before, part) && !says(next, part)) || (saysSentence(before, part) && !saysSentence(next, part)),
  );

/** Parts in which a requirement of law asks for less than it did. */
function less(before: Readable, next: Readable, today: string): string[] {
  const gone = (relation: string, among: readonly string[] = linksOf(next, relation)): boolean =>
    linksOf(before, relation).some((id) => !among.includes(id));
  const systems = ['system', 'concerns'].flatMap((relation) => linksOf(next, relation));
  const wasForAll = homes.every((home) => linksOf(before, home).length === 0);
  const other = (field: string): boolean =>
    before.fields[field] !== undefined && next.fields[field] !== before.fields[field];
  return [
    ...['source', 'item', 'duty'].filter(other),
    ...emptied(before, next),
    ...(startsLater(before, next, today) ? ['appliesFrom'] : []),
    ...(gone('controls') ? ['controls'] : []),
    ...(gone('concerns', systems) ? ['concerns'] : []),
    ...(gone('system', systems) ? ['system'] : []),
    ...(gone('useCase') ? ['useCase'] : []),
    // What the whole organisation owes is not moved into one system.
    ...(wasForAll ? homes.filter((home) => linksOf(next, home).length > 0) : []),
  ];
}

/** Without a day law binds now: a day that has come says since when, and a later one puts it off. */
function startsLater(before: Readable, next: Readable, today: string): boolean {
  const [was, is] = [dayOf(before, 'appliesFrom'), dayOf(next, 'appliesFrom')];
  if (is === null) return false;
  return firstDay(is) > (was === null ? today : firstDay(was));
}

/** Law falls by no one hand: it asks what it asked until one person said when and why it ended, and another ended it. */
export const lawInTwoHands: TwoHands = {
  binds: lawBinds,
  less,
  said: ['appliesTo', 'endReason'],
  callsFor: ['controls'],
  says: {
    less: 'law asks for no less because one person writes so. Write what holds now as another obligation, say in “Applies to” and “Why it ended” what became of this one, and somebody else takes “End”. What was written amiss, its writer puts right on the same day.',
    archive:
      'Law that binds is not archived; it is ended first. Say in “Applies to” and “Why it ended” until when it applied and why, or that it never was law, and somebody else takes “End”.',
    still:
      'This law binds as it stands: “Applies to” and “Why it ended” end nothing by themselves. “End” does, which is for somebody else than who wrote them, unless the whole requirement was written down today by them alone.',
    end: 'Who wrote “Applies to” or “Why it ended” does not end law: somebody else does. Write both on the record; it binds as it stands until then.',
  },
};
