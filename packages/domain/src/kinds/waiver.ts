import { type AuthorityDemand, demandOf } from '../authority.ts';
import { daysBetween, firstDay, lastDay } from '../day.ts';
import { waiverDaysAtMost } from '../duty-waivers.ts';
import { saysSentence } from '../trace/read.ts';
import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { type Content, defineKind, type Lack, lackIn } from './kind.ts';
import { houseRules, waiverLevel } from './vocabulary/house-rules.ts';

/** The authority that setting a rule aside takes: over waivers, to the level that the rule's weight has. */
export const waiverDemandOf = (fields: Content['fields']): AuthorityDemand =>
  demandOf('waiver', waiverLevel(fields.rule), 'weight');

/**
 * One rule of the house set aside for one system until a day (6.1.3, 8.1): while the approved version is in force, a gap
 * of that rule counts as accepted. What is approved stays in force while a renewal is written; after its last day, or
 * once it is ended, the gap stands again. Whoever asked for it does not grant it.
 */
export const waiver = defineKind({
  name: 'waiver',
  prefix: 'WVR',
  collection: 'waivers',
  label: 'Waiver',
  plural: 'Waivers',
  purpose:
    'A rule of your own set aside for one system until a day, with what is done instead, by somebody with the authority (6.1.3, 8.1). What law, a contract or the standard asks for is never waived.',
  regime: 'versioned',
  fields: {
    name: named('Waiver', ['waiver', 'exception', 'title']),
    rule: f.choice(houseRules, {
      label: 'Rule set aside',
      help: 'A rule that the organisation set itself.',
      required: true,
      column: true,
      alsoCalled: ['rule', 'requirement'],
    }),
    owner: owned('Who asks for it, and answers for what is done instead.', undefined, ['requested by']),
    reason: f.text({ label: 'Why', max: 4000, alsoCalled: ['reason', 'justification'] }),
    measures: f.text({
      label: 'What is done instead',
      help: 'What keeps the risk small while the rule is set aside.',
      max: 4000,
      alsoCalled: ['compensating measures', 'compensating controls'],
    }),
    startsOn: f.day({ label: 'From', required: true, alsoCalled: ['start date', 'valid from'] }),
    endsOn: f.day({
      label: 'Until',
      help: 'Its last day, within a year of the first.',
      required: true,
      column: true,
      alsoCalled: ['end date', 'valid until', 'expiry'],
    }),
    endReason: f.text({ label: 'Why it was ended', max: 2000 }),
  },
  index: ['title', 'state', 'owner', 'rule', 'endsOn'],
  relations: { system: withinSystem('Waivers', true) },
  material: ['rule', 'reason', 'measures', 'startsOn', 'endsOn', 'system'],
  approvable: {
    by: ['aims-manager', 'top-management'],
    authority: waiverDemandOf,
    requestedBy: ['owner'],
    lacks: unsaid,
  },
  lifecycle: {
    initial: 'open',
    states: {
      open: { label: 'Open', shape: 'half' },
      ended: { label: 'Ended', shape: 'crossed', ended: true },
    },
    // What was ended early comes back by a new approval alone.
    transitions: { end: { label: 'End', from: ['open'], to: 'ended', requires: ['endReason'] } },
  },
  serves: ['6.1.3', '8.1'],
  guard: ({ fields }): Record<string, string> => {
    const [from, to] = [fields.startsOn, fields.endsOn];
    if (typeof from !== 'string' || typeof to !== 'string') return {};
    const days = daysBetween(firstDay(from), lastDay(to));
    if (days < 0) return { endsOn: 'It ends before it begins.' };
    return days > waiverDaysAtMost
      ? { endsOn: 'A waiver ends within a year of its first day; it can be renewed then.' }
      : {};
  },
});

/** What is set aside says why, and what is done instead: both stand in place of the rule. */
function unsaid(content: Content): Lack | undefined {
  const open = ['reason', 'measures'].filter((part) => !saysSentence(content, part));
  return lackIn(
    open,
    open.length === 0
      ? undefined
      : `A rule is set aside with a sentence on ${open.map((part) => (part === 'reason' ? 'why' : 'what is done instead')).join(' and on ')}.`,
  );
}
