import { type Day, firstDay, lastDay, parseDay } from '../day.ts';
import { sameJson } from '../json.ts';
import { movedTimes } from '../trace/moved.ts';
import { dayOf, listOf, textOf } from '../trace/read.ts';
import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind, uses } from './kind.ts';
import { rhythms } from './vocabulary/scales.ts';

/** A date that moved more often says so by the last of them. */
const datesKept = 50;

function lastNamed(content: Content): Day | null {
  const read = parseDay(listOf(content, 'plannedDates').at(-1));
  return 'value' in read ? read.value : null;
}

/**
 * A date that moves to a later day says why, each time anew; from the second time on the risk until then is named, and
 * whoever has authority for it accepts it again before the plan counts (8.3). Taken away and named anew, it moved too.
 */
function delayFaults(before: Content, next: Content): Record<string, string> {
  const [was, is] = [dayOf(before, 'plannedOn') ?? lastNamed(before), dayOf(next, 'plannedOn')];
  if (was === null || is === null || lastDay(is) <= lastDay(was)) return {};
  const because = textOf(next, 'movedBecause');
  if (because === null || because === textOf(before, 'movedBecause'))
    return { movedBecause: 'The date moves to a later day: say why, anew with each delay.' };
  return movedTimes(before) > 0 && (next.links.interimRisk ?? []).length === 0
    ? { plannedOn: 'A second delay needs the risk until then named, for somebody with authority to accept.' }
    : {};
}

/**
 * What was promised stays on record (8.3). The date first named, since until it alone a planned control counts, may be put
 * right to an earlier one and is never cleared; the list of dates grows by the planned one and by nothing else.
 */
function promiseFaults(before: Content, next: Content): Record<string, string> {
  const [was, is] = [dayOf(before, 'firstPlannedOn'), dayOf(next, 'firstPlannedOn')];
  const [named, now] = [listOf(before, 'plannedDates'), listOf(next, 'plannedDates')];
  const grown = withDate(named, dayOf(next, 'plannedOn'));
  const kept = named.length === 0 || sameJson(named, now) || sameJson(grown, now);
  return {
    ...(was !== null && (is === null || lastDay(is) > lastDay(was))
      ? {
          firstPlannedOn:
            'The date first planned stays as it is. Move the planned date, and say why it moved.',
        }
      : {}),
    ...(kept ? {} : { plannedDates: 'The dates it was planned for stay on record. Move the planned date.' }),
  };
}

/** Whether one day lies wholly after another. */
function liesAfter(content: Content, later: string, earlier: string): boolean {
  const [one, other] = [dayOf(content, later), dayOf(content, earlier)];
  return one !== null && other !== null && firstDay(one) > lastDay(other);
}

const withDate = (dates: readonly string[], date: string | null): string[] =>
  [...dates, ...(date === null ? [] : [date])].slice(-datesKept);

/**
 * How a control is put in place, once for the organisation or on one system (8.1, 8.3). `plannedOn` may move;
 * `firstPlannedOn` keeps the date first named, because until then alone a planned control counts as accepted, and only
 * with `interimRisk` accepted; `plannedDates` keeps all of them. Expected proof: `occurrences`, `occurrencesExpected`, `evidenceExpected`.
 */
export const implementation = defineKind({
  name: 'implementation',
  prefix: 'IMP',
  collection: 'implementations',
  label: 'Implementation',
  plural: 'Implementations',
  purpose:
    'How a chosen control really works, who runs it and which proof it leaves (8.1). A control marked applicable without one is the gap auditors find first.',
  regime: 'factual',
  fields: {
    name: named('Title', ['implementation', 'title', 'measure', 'control implementation']),
    howItWorks: f.text({
      label: 'How it works',
      station: 'controls',
      max: 4000,
      alsoCalled: ['description', 'implementation description', 'how it works'],
    }),
    owner: owned('Who runs it.', 'controls', ['control operator']),
    plannedOn: f.day({
      label: 'Planned by',
      station: 'controls',
      column: true,
      alsoCalled: ['planned date', 'target date', 'due date'],
    }),
    firstPlannedOn: f.day({
      label: 'First planned date',
      help: 'Kept when the date moves.',
      station: 'controls',
    }),
    plannedDates: f.list({
      label: 'Dates it was planned for',
      help: 'Kept when the date moves, the first one first.',
      station: 'controls',
    }),
    movedBecause: f.text({ label: 'Why the date moved', station: 'controls', max: 2000 }),
    inPlaceSince: f.day({
      label: 'In place since',
      station: 'controls',
      column: true,
      alsoCalled: ['implemented on', 'implementation date', 'since'],
    }),
    occurrences: f.choice(rhythms, {
      label: 'Expected to happen',
      station: 'evidence',
      column: true,
      alsoCalled: ['frequency', 'rhythm'],
    }),
    occurrencesExpected: f.text({
      label: 'Which occurrences',
      help: 'What a run of this control is, in words.',
      station: 'evidence',
      max: 2000,
    }),
    evidenceExpected: f.text({
      label: 'Evidence expected',
      station: 'evidence',
      max: 2000,
      alsoCalled: ['evidence'],
    }),
    deviation: f.text({
      label: 'Deviation',
      help: 'How this system differs from the way of the organisation.',
      station: 'controls',
      max: 2000,
    }),
    endedOn: f.day({ label: 'Ended on', station: 'controls' }),
  },
  index: ['title', 'state', 'owner', 'control', 'plannedOn', 'inPlaceSince', 'occurrences'],
  relations: {
    system: withinSystem('Implementations'),
    control: uses('control', { label: 'Control', inverse: 'Implementations', many: false, required: true }),
    resources: uses('resource', { label: 'Uses resource', inverse: 'Used by implementation' }),
    interimRisk: about('risk', {
      label: 'Risk until it is in place',
      inverse: 'Stands until implementation',
    }),
    procedure: about('document', { label: 'Written down in', inverse: 'Describes implementation' }),
  },
  material: [
    ...['howItWorks', 'control', 'firstPlannedOn', 'plannedOn', 'occurrences', 'deviation'],
    // What is put in place again after it ended is another thing than what was tested then (9.1).
    'endedOn',
  ],
  lifecycle: {
    initial: 'planned',
    mayBeBroughtIn: true,
    states: {
      planned: { label: 'Planned', shape: 'hollow' },
      partly: { label: 'Partly in place', shape: 'half' },
      'in-place': { label: 'In place', shape: 'full' },
      ended: { label: 'Ended', shape: 'crossed', ended: true },
    },
    transitions: {
      begin: {
        label: 'Put in place in part',
        from: ['planned', 'in-place'],
        to: 'partly',
        requires: ['howItWorks'],
        askedOfFiles: true,
      },
      complete: {
        label: 'Put in place',
        from: ['planned', 'partly'],
        to: 'in-place',
        requires: ['howItWorks', 'owner', 'inPlaceSince'],
        askedOfFiles: true,
        guard: (content) =>
          liesAfter(content, 'endedOn', 'inPlaceSince')
            ? 'It ended after the day since which it is said to be in place. Say since when it is in place again.'
            : undefined,
      },
      end: {
        label: 'End',
        from: ['planned', 'partly', 'in-place'],
        to: 'ended',
        requires: ['endedOn'],
        guard: (content) =>
          liesAfter(content, 'inPlaceSince', 'endedOn')
            ? 'It was in place after the day on which it is said to have ended.'
            : undefined,
      },
      plan: {
        label: 'Plan again',
        from: ['partly', 'in-place', 'ended'],
        to: 'planned',
        requires: ['plannedOn'],
      },
    },
  },
  serves: ['8.1', '8.3'],
  happened: ['inPlaceSince', 'endedOn'],
  // By when it was to be in place says nothing of what is: moved afterwards, it promises nothing.
  fixed: { parts: ['plannedOn'], in: ['in-place'] },
  outlives: ['plannedOn', 'firstPlannedOn', 'plannedDates', 'control'],
  // Undoing the very edit that named a date takes that date away again.
  sequence: (before, next, undoing) =>
    undoing ? {} : { ...delayFaults(before, next), ...promiseFaults(before, next) },
  derive: ({ fields }) => {
    const { plannedOn: planned, firstPlannedOn: first, plannedDates } = fields;
    if (typeof planned !== 'string') return {};
    const named = Array.isArray(plannedDates) ? listOf({ fields, links: {} }, 'plannedDates') : null;
    const known = named ?? (typeof first === 'string' ? [first] : []);
    const dates = known.at(-1) === planned ? known : withDate(known, planned);
    return { plannedDates: dates, ...(typeof first === 'string' ? {} : { firstPlannedOn: planned }) };
  },
  guard: ({ fields }): Record<string, string> => {
    const { plannedOn: planned, firstPlannedOn: first } = fields;
    return typeof first === 'string' && typeof planned === 'string' && firstDay(first) > firstDay(planned)
      ? { firstPlannedOn: 'The first planned date lies after the planned one.' }
      : {};
  },
});
