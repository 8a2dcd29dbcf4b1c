import type { Entailed } from '../classification/entailed.ts';
import { firstDay } from '../day.ts';
import { lawBinds } from '../kinds/law.ts';
import { type Context, found, inverse, ofKind, sharedOf } from './context.ts';
import { entailed } from './entailed.ts';
import type { TraceRecord } from './inputs.ts';
import { gap, notApplicable } from './judge.ts';
import { byDay } from './order.ts';
import { dayOf, linksOf, textOf } from './read.ts';
import { names, on, rec, say, wordList } from './say.ts';
import type { Gap, Judgement } from './types.ts';

/**
 * Duties of law recorded for the system: its own, and the organisation's that name it. Law binds whether or not it
 * was taken on, and whatever last day it names, so only an ended duty is left out; and not even that one while a
 * signed-off class leads to it.
 */
export function duties(c: Context): TraceRecord[] {
  return [...new Set([...recorded(c).filter((record) => lawBinds(record, record.state)), ...letGo(c)])];
}

/** Requirements that speak of the system: its own, the organisation's that name it, and those that are the same for all systems. */
function recorded(c: Context): TraceRecord[] {
  const items = new Set(entailed(c).map(({ item }) => item));
  const forAll = sharedOf(c, 'obligation').filter(
    (record) => linksOf(record, 'concerns').length === 0 && items.has(textOf(record, 'item') ?? ''),
  );
  const named = inverse(c, c.system.record, 'obligation');
  return [
    ...new Map(
      [...ofKind(c, 'obligation'), ...named, ...forAll].map((record) => [record.id, record]),
    ).values(),
  ];
}

const stands = (c: Context, record: TraceRecord): boolean =>
  lawBinds(record, record.state) && !isPast(c, record);

/** Whether a duty names a last day that is over. It binds until somebody ended it all the same. */
export function isPast(c: Pick<Context, 'clock'>, duty: TraceRecord): boolean {
  const to = dayOf(duty, 'appliesTo');
  return to !== null && c.clock.over(to);
}

/**
 * Records of duties that signed-off classes lead to and that the register let go: ended, past a last day that somebody
 * named, or turned into something other than law. They bind as before; another class ends them, signed off by others.
 */
export function letGo(c: Context): TraceRecord[] {
  return lackingOf(c).flatMap(({ records: [first] }) => first ?? []);
}

/** Duties that signed-off classes lead to and that no record in the register speaks of. */
export function unrecorded(c: Context): Entailed[] {
  return lackingOf(c).flatMap(({ duty, records }) => (records.length === 0 ? [duty] : []));
}

/** What signed-off classes lead to and nothing in force in the register holds, with the records that once did. */
function lackingOf(c: Context): { duty: Entailed; records: TraceRecord[] }[] {
  if (entailed(c).length === 0) return [];
  const byItem = Map.groupBy(recorded(c), (record) => textOf(record, 'item') ?? '');
  return entailed(c).flatMap((duty) => {
    const records = byItem.get(duty.item) ?? [];
    return records.some((record) => stands(c, record)) ? [] : [{ duty, records }];
  });
}

/** Duties of law recorded for the system that one of the ids names (`OB-26-2`). */
export function dutiesOf(c: Context, ids: readonly string[]): TraceRecord[] {
  return duties(c).filter((record) => ids.includes(textOf(record, 'item') ?? ''));
}

/** Classes, signed off, that lead to a recorded duty, and from when; nothing where none does. */
export function entailing(c: Context, duty: TraceRecord): Entailed | undefined {
  const item = textOf(duty, 'item');
  return entailed(c).find((one) => one.item === item);
}

/** Whether another record in force still holds the duty for the system, were this one not there. */
export const heldWithout = (c: Context, duty: TraceRecord): boolean =>
  recorded(c).some(
    (record) => record.id !== duty.id && textOf(record, 'item') === textOf(duty, 'item') && stands(c, record),
  );

/** From when a duty binds: the day on record, and no later one than a signed-off class leads to. */
export function bindsFrom(c: Context, duty: TraceRecord): string | null {
  const said = dayOf(duty, 'appliesFrom');
  const owed = entailing(c, duty)?.from;
  return said !== null && owed !== undefined && owed < firstDay(said) ? owed : said;
}

/** Duties whose day has come. Without a day on record a duty binds now. */
export function binding(c: Context, recorded: readonly TraceRecord[]): TraceRecord[] {
  return recorded.filter((record) => {
    const from = bindsFrom(c, record);
    return from === null || c.clock.reached(from);
  });
}

/** Duties that bind by a signed-off class alone, because the register does not hold them. */
const bindingUnrecorded = (c: Context, ids: readonly string[]): Entailed[] =>
  unrecorded(c).filter(({ item, from }) => ids.includes(item) && c.clock.reached(from));

/**
 * The gap over duties that bind and that no record speaks of: nothing can be shown to meet them. It falls with the
 * classification, where they are written into the register.
 */
export function owedUnrecorded(c: Context, ids: readonly string[]): Gap | null {
  const owed = bindingUnrecorded(c, ids);
  const [first] = owed;
  if (!first) return null;
  const classes = found(c, [...new Set(owed.flatMap(({ classes }) => classes))]);
  const slots = { classes: names(classes), lead: classes.length === 1 ? 'leads' : 'lead' };
  return gap(say('duty-unrecorded', { ...slots, duties: provisions(c, owed) }), classes, {
    since: owed.map(({ from }) => from).sort()[0] ?? null,
    causedBy: { station: 'classification' },
  });
}

const mostNamed = 4;

/** Duties by their articles: "Art. 4, Art. 5 and 3 more". */
export function provisions(c: Context, owed: readonly Entailed[]): string {
  const law = new Map(c.organisation.catalogue.euAiAct.obligations.map((one) => [one.id, one.article]));
  const articles = owed.map(({ item }) => `Art. ${law.get(item) ?? item}`);
  const rest = articles.length - mostNamed;
  return rest <= 1 ? wordList(articles) : `${articles.slice(0, mostNamed).join(', ')} and ${rest} more`;
}

/** Why a rule of law does not bind the system today; nothing when it does. An upcoming duty shows its date. */
export function lawApplies(c: Context, refs: readonly string[]): Judgement | null {
  const recorded = dutiesOf(c, refs);
  if (binding(c, recorded).length > 0 || bindingUnrecorded(c, refs).length > 0) return null;
  const upcoming = recorded
    .flatMap((record) => {
      const from = bindsFrom(c, record);
      return from === null ? [] : [{ record, from }];
    })
    .sort((a, b) => byDay(a.from, b.from))[0];
  return notApplicable(
    upcoming
      ? say('duty-upcoming', { duty: rec(upcoming.record), day: on(upcoming.from) })
      : say('duty-none', { system: rec(c.system.record) }),
  );
}
