/** Duties of law that signed-off classes lead to, held against the register one by one (4.2, A.8.5). */
import { callsForDuties } from '../../classification/entailed.ts';
import { firstDay } from '../../day.ts';
import { classificationsOf, current, fellOn } from '../classes.ts';
import { approvedOf, type Context, createdOn, found, isActive } from '../context.ts';
import { meeting, primaryOf, referred } from '../duty-met.ts';
import { entailed } from '../entailed.ts';
import type { TraceRecord } from '../inputs.ts';
import {
  approve,
  create,
  earliest,
  edit,
  gap,
  gapsOr,
  holds,
  lack,
  notApplicable,
  open,
  step,
} from '../judge.ts';
import { duties, entailing, isPast, letGo, provisions, unrecorded } from '../law.ts';
import { dayOf, linksOf, says, textOf } from '../read.ts';
import { label, listed, names, say } from '../say.ts';
import type { Action, Gap, Judgement } from '../types.ts';
import { useCases } from '../use-cases.ts';

export function obligationsRegistered(c: Context): Judgement {
  const classes = useCases(c).flatMap((record) => classificationsOf(c, record, 'eu-ai-act'));
  const held = duties(c);
  const calling = classes.filter((record) => callsForDuties(current(c, record)));
  if (held.length === 0 && calling.length === 0)
    return notApplicable(classes.length > 0 ? say('cl8-none') : say('cl-none'));
  const gone = letGo(c);
  const kept = held.filter((duty) => !gone.includes(duty));
  return gapsOr(
    [
      ...againstClasses(c, calling, held, gone),
      ...groundless(c, kept),
      ...shown(c, kept),
      lack(kept, (duty) => isPast(c, duty), {
        say: (past) => say('cl8-past', listed(past)),
        since: (duty) => dayOf(duty, 'appliesTo'),
        action: (duty) => step(label`End ${duty}`, duty, 'end'),
      }),
      lack(kept, (record) => missingOf(c, record) !== null && idleOf(c, record).length === 0, {
        say: (open) => say('cl8-open', listed(open)),
        since: (record) => createdOn(c, record),
        action: (record) => {
          const at = toComplete(c, record);
          return edit(label`Complete ${at}`, at, missingOf(c, record) ?? 'metBy');
        },
      }),
    ],
    holds(held),
  );
}

/** What classes lead to and the register does not hold, let go, or puts off. Open or without answers, a class asks for any duty at all. */
function againstClasses(
  c: Context,
  calling: readonly TraceRecord[],
  held: readonly TraceRecord[],
  gone: readonly TraceRecord[],
): (Gap | null)[] {
  const leading = new Set(entailed(c).flatMap(({ classes }) => classes));
  return [
    lack(
      calling,
      ({ id, links }) =>
        !leading.has(id) && held.length === 0 && linksOf({ fields: {}, links }, 'obligations').length === 0,
      {
        say: (open) => say('cl8-missing', listed(open)),
        since: (record) => dayOf(record, 'classifiedOn') ?? createdOn(c, record),
        action: () =>
          create('Record the duties', 'obligation', { system: [c.system.record] }, { source: 'law' }),
      },
    ),
    absent(c),
    lack(gone, () => true, {
      say: (open) => say('cl8-let-go', { ...listed(open), ...classesOf(c, open) }),
      since: (duty) => dayOf(duty, 'appliesTo'),
      action: backIn,
    }),
    lack(held, (duty) => !gone.includes(duty) && isPutOff(c, duty), {
      say: (open) => say('cl8-put-off', { ...listed(open), ...classesOf(c, open) }),
      since: (duty) => entailing(c, duty)?.from ?? null,
      action: (duty) => edit(label`Correct the day of ${duty}`, duty, 'appliesFrom'),
    }),
  ];
}

function absent(c: Context): Gap | null {
  const missing = unrecorded(c);
  const classes = found(c, [...new Set(missing.flatMap(({ classes }) => classes))]);
  const [first] = classes;
  if (!first) return null;
  const signedOn = (record: TraceRecord) => c.organisation.zone.dayOf(approvedOf(c, record)?.at ?? '');
  const lead = classes.length === 1 ? 'leads' : 'lead';
  return gap(say('cl8-absent', { classes: names(classes), lead, duties: provisions(c, missing) }), classes, {
    since: earliest(classes.map(signedOn)),
    action: open(label`Write what follows from ${first} into the register`, first, 'obligations'),
  });
}

function classesOf(c: Context, duties: readonly TraceRecord[]) {
  const ids = new Set(duties.flatMap((duty) => entailing(c, duty)?.classes ?? []));
  return { classes: names(found(c, [...ids])), lead: ids.size === 1 ? 'leads' : 'lead' };
}

/** What brings a duty back into the register: its step, its source, or the last day that somebody gave it. */
function backIn(duty: TraceRecord): Action {
  if (duty.state === 'ended') return step(label`Take ${duty} on again`, duty, 'takeOn');
  return edit(label`Correct ${duty}`, duty, textOf(duty, 'source') === 'law' ? 'appliesTo' : 'source');
}

/** The register names a later day than the class leads to. */
function isPutOff(c: Context, duty: TraceRecord): boolean {
  const said = dayOf(duty, 'appliesFrom');
  const owed = entailing(c, duty)?.from;
  return said !== null && owed !== undefined && firstDay(said) > owed;
}

/** What a duty names as meeting it, where nothing of that counts; nothing where something does. */
const idleOf = (c: Context, duty: TraceRecord): readonly string[] =>
  missingOf(c, duty) === 'metBy' ? linksOf(duty, 'metBy') : [];

/** Records that duties name and that do not count for them: as what meets them, or as what they are seen to with. */
function shown(c: Context, kept: readonly TraceRecord[]): (Gap | null)[] {
  const idle = (duty: TraceRecord) => idleOf(c, duty);
  const apart = (duty: TraceRecord) => linksOf(duty, 'refersTo').length > 0 && primaryOf(c, duty) === null;
  const others = (open: readonly TraceRecord[]) =>
    names([...new Set(open.flatMap((duty) => referred(c, duty) ?? []))]);
  return [
    lack(kept, (duty) => idle(duty).length > 0, {
      say: (open) => say('cl8-idle', { ...listed(open), named: names([...new Set(open.flatMap(idle))]) }),
      since: (duty) => createdOn(c, duty),
      action: (duty) => edit(label`Name what meets ${duty}`, duty, 'metBy'),
    }),
    lack(kept, apart, {
      say: (open) => say('cl8-apart', { ...listed(open), named: others(open) }),
      since: (duty) => createdOn(c, duty),
      action: (duty) => edit(label`Say what ${duty} is seen to with`, duty, 'refersTo'),
    }),
  ];
}

/** What a duty in the register lacks first: somebody who answers for it, a day, or what meets it. */
function missingOf(c: Context, duty: TraceRecord): string | null {
  const primary = primaryOf(c, duty);
  // Whoever was named for all answers for all: an owner of its own beside them would be a second one.
  if (!isActive(c, (primary ?? duty).owner)) return 'owner';
  if (!says(duty, 'appliesFrom') && !says(duty, 'due')) return 'appliesFrom';
  const named = [duty, ...(primary ? [primary] : [])].flatMap((one) => linksOf(one, 'metBy'));
  return meeting(c, duty, named).length === 0 ? 'metBy' : null;
}

/** Where a duty is put right: the owner of one that is seen to with another is named there. */
const toComplete = (c: Context, duty: TraceRecord): TraceRecord =>
  (missingOf(c, duty) === 'owner' && primaryOf(c, duty)) || duty;

/**
 * Duties whose classes no longer stand, every one that they were written from: nothing shows that they are owed. Signing
 * off again brings the ground back; where the class was withdrawn, the duty follows from another one or ends.
 */
function groundless(c: Context, registered: readonly TraceRecord[]): (Gap | null)[] {
  const classesOf = (duty: TraceRecord) => found(c, linksOf(duty, 'followsFrom'));
  const fell = registered.filter((duty) => {
    const classes = classesOf(duty);
    return classes.length > 0 && classes.every((one) => fellOn(c, one) !== null);
  });
  const toSign = (duty: TraceRecord) => classesOf(duty).find(({ state }) => state !== 'withdrawn');
  const since = (duty: TraceRecord) => earliest(classesOf(duty).map((one) => fellOn(c, one)));
  const slots = (open: readonly TraceRecord[]) => {
    const classes = [...new Set(open.flatMap(classesOf))];
    return { ...listed(open), classes: names(classes), stand: classes.length === 1 ? 'stands' : 'stand' };
  };
  return [
    lack(fell, (duty) => toSign(duty) !== undefined, {
      say: (open) => say('cl8-ground', slots(open)),
      since,
      action: (duty) => {
        const unsigned = toSign(duty) ?? duty;
        return approve(label`Sign off ${unsigned}`, unsigned);
      },
    }),
    lack(fell, (duty) => toSign(duty) === undefined, {
      say: (open) => say('cl8-ground', slots(open)),
      since,
      action: (duty) => edit(label`Say what ${duty} follows from`, duty, 'followsFrom'),
    }),
  ];
}
