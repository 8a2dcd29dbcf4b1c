import type { Json } from '@throughline/domain/json.ts';
import type { LinkPatch } from '@throughline/domain/kinds/edit.ts';
import type { GapWire, RefWire } from '@throughline/domain/wire.ts';
import { sentenceText } from './sentence.tsx';

/** A line of text holds this many characters. */
const most = 200;

export type TaskBody = {
  fields: Readonly<Record<string, Json>>;
  links: Readonly<Record<string, LinkPatch>>;
};

/** What the task is called: the gap in its own words, cut where a name has no more room. */
export const taskName = (gap: Pick<GapWire, 'sentence'>): string => {
  const text = sentenceText(gap.sentence).replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
};

/**
 * The task that closes a gap: within the system, by the rule that is broken, about the records that the gap names.
 * `about` are the kinds that a task may concern.
 */
export const taskOf = (
  gap: Pick<GapWire, 'sentence' | 'rule' | 'records'>,
  system: Pick<RefWire, 'id'>,
  given: { assignee: string | null; due: string | null },
  about: readonly string[],
): TaskBody => {
  // The system holds the task already; naming it again would tie the task to every gap of the rule.
  const others = gap.records.filter(({ id, kind }) => id !== system.id && about.includes(kind));
  const concerns = [...new Set(others.map(({ id }) => id))];
  return {
    fields: {
      name: taskName(gap),
      rule: gap.rule,
      ...(given.assignee === null ? {} : { assignee: given.assignee }),
      ...(given.due === null ? {} : { due: given.due }),
    },
    links: {
      system: { set: [system.id] },
      ...(concerns.length === 0 ? {} : { concerns: { set: concerns } }),
    },
  };
};
