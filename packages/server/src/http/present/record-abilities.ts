import type { Actor } from '@throughline/domain/actor.ts';
import { approvalAtHand, reinstateObstacle } from '@throughline/domain/approvals.ts';
import { dutyWords } from '@throughline/domain/duties.ts';
import { auditedObstacle, type JudgedAct, moveAsAct } from '@throughline/domain/finding-answer.ts';
import { refusalWords } from '@throughline/domain/kind-words.ts';
import { archiveObstacle } from '@throughline/domain/kinds/archiving.ts';
import { boundObstacle, endingObstacle } from '@throughline/domain/kinds/binding.ts';
import { foundObstacle, foundWithdrawal, openedByStep } from '@throughline/domain/kinds/found.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { blanksOf, transitionObstacle } from '@throughline/domain/kinds/transition.ts';
import { isWeighty } from '@throughline/domain/kinds/weighty-steps.ts';
import { isOpened, openedWords } from '@throughline/domain/opened-account.ts';
import { can, type RecordAct, refusedBy, whoAdministers, whoCan } from '@throughline/domain/permissions.ts';
import { holdOn, noLift } from '@throughline/domain/removal.ts';
import { neverSeenObstacle, unseenWords } from '@throughline/domain/trace/unseen-findings.ts';
import type { AbilitiesWire, AbilityWire, RecordWire } from '@throughline/domain/wire.ts';
import { actorTests } from '../../records/actor-test.ts';
import { bindingWords } from '../../records/binding.ts';
import {
  type Duties,
  decidedOf,
  deciderObstacle,
  deputyFor,
  dutyObstacle,
  standingBackAlone,
} from '../../records/deciders.ts';
import { whoLifts } from '../../records/legal-hold.ts';
import type { RecordView } from '../../records/read-record.ts';
import { type Named, namesAtMost, rightThrough } from '../../records/who-could.ts';

const asked: readonly RecordAct[] = [
  'edit',
  'transition',
  'approve',
  'archive',
  'comment',
  'export',
  'erase',
];

/** What the caller may do with this record, with the reason for a no and who could. */
export function recordAbilities(view: RecordView, actor: Actor, now: Date): AbilitiesWire {
  const { kind, record } = view;
  // Whoever wrote a version does not approve it, but may take back what they gave or refuse.
  const decide = ability(view, actor, 'approve', { duties: view.duties && standingBackAlone(view.duties) });
  const abilities = Object.fromEntries(asked.map((act) => [act, ability(view, actor, act)]));
  const archive = withAudited(view, { act: 'archive' }, abilities.archive ?? no('', []));
  const archived = record.archivedAt !== null;
  return {
    ...abilities,
    // Nobody gives their word on a blank; whether they may at all comes first.
    approve: onWhole(view, abilities.approve ?? notApproved(kind)),
    decide,
    withdraw: unless(
      foundWithdrawal(kind, record),
      decide.allowed && view.binding ? unbound(view, actor, view.binding) : decide,
    ),
    reinstate: decide.allowed ? onMistake(view, actor, now) : decide,
    // Nor does whoever changed the input say that the change had no effect.
    noEffect: withoutEffect(
      view,
      ability(view, actor, 'approve', {
        duties: view.duties && {
          ...view.duties,
          bars: [...view.duties.bars, ...(view.staleBar ? [view.staleBar] : [])],
        },
      }),
    ),
    submit: kind.approvable ? onWhole(view, abilities.edit ?? archive) : notApproved(kind),
    archive:
      archive.allowed && archived ? no('This record is archived already.', []) : onEnded(view, archive),
    restore: archive.allowed && !archived ? no('This record is not archived.', []) : archive,
    undo: unless(
      foundByStep(view),
      withAudited(view, undoAsAct(view), ability(view, actor, 'edit', { archivedToo: true })),
    ),
    erase: byAnother(view, withNothingHeld(view, abilities.erase ?? archive)),
  };
}

const unless = (obstacle: string | undefined, found: AbilityWire): AbilityWire =>
  found.allowed && obstacle !== undefined ? no(obstacle, []) : found;

const foundByStep = ({ kind, record, newest }: RecordView): string | undefined =>
  newest?.act === 'moved' && record.state === kind.found?.in ? openedByStep : undefined;

/** A change of what the assessment asks about is assessed anew; of another one nobody speaks who had a hand in either. */
function withoutEffect({ kind, moved, unseen }: RecordView, found: AbilityWire): AbilityWire {
  const obstacle = moved?.obstacle ?? neverSeenObstacle(unseen, kind.approvable?.as === 'accept');
  if (found.allowed) return obstacle === undefined ? found : no(obstacle, []);
  return found.reason === dutyWords.author
    ? { ...found, reason: 'You wrote this version, or what changed since, so another person says so.' }
    : found;
}

/** An approval that binds is taken back by somebody else than those who made it. */
function unbound(view: RecordView, actor: Actor, duties: Duties): AbilityWire {
  const found = ability(view, actor, 'approve', { duties });
  return found.allowed ? found : { ...found, reason: bindingWords(found.reason) };
}

/** What is allowed but for the rule that keeps what auditors said from those it is about. */
function withAudited(
  { kind, record, hands }: RecordView,
  act: JudgedAct | undefined,
  found: AbilityWire,
): AbilityWire {
  if (!found.allowed || !hands || act === undefined) return found;
  const said = { kind: kind.name, state: record.state, fields: record.content.fields };
  const obstacle = auditedObstacle(act, said, hands);
  return obstacle === undefined
    ? found
    : no(obstacle, whoCan(kind.name, act.act === 'archive' ? 'archive' : 'transition'));
}

/** What goes on, or stands approved and binds, is ended before it is archived. */
function onEnded({ kind, record, approvals, goesOn }: RecordView, found: AbilityWire): AbilityWire {
  if (!found.allowed) return found;
  const bound = boundObstacle(kind, record.state, approvals, decidedOf(record));
  const obstacle = goesOn ?? archiveObstacle(kind, record.state) ?? bound;
  return obstacle === undefined ? found : no(obstacle, []);
}

/** Erasing cannot be undone: only what was archived is erased, and nothing that is held back. */
function withNothingHeld({ kind, record }: RecordView, found: AbilityWire): AbilityWire {
  if (!found.allowed) return found;
  if (kind.kept && holdOn(kind.kept, record.content) !== null)
    return no('It is under a legal hold, which is lifted first.', whoLifts(kind));
  return record.archivedAt === null ? no('Archive this record first. Erasing cannot be undone.', []) : found;
}

/** What somebody wrote themselves is erased by another person. */
const byAnother = ({ kind, ownErasing }: RecordView, found: AbilityWire): AbilityWire =>
  found.allowed && ownErasing ? no(ownErasing.reason, whoCan(kind.name, 'erase'), ownErasing.people) : found;

/** The legal hold that stands, and whether whoever asks lifts it. */
export function heldWire({ kind, record }: RecordView, actor: Actor): Pick<RecordWire, 'held'> {
  if (!kind.kept || holdOn(kind.kept, record.content) === null) return {};
  const refused = noLift(actor);
  const lift: AbilityWire = refused === undefined ? { allowed: true } : no(refused, whoLifts(kind));
  return { held: { part: kind.kept.hold, lift } };
}

/** What is allowed but for auditors, walkers and testers who had a part in what they would judge. */
function withJudges({ kind, dependent }: RecordView, to: string, found: AbilityWire): AbilityWire {
  const reason = found.allowed ? dependent?.get(to) : undefined;
  return reason === undefined ? found : no(reason, whoCan(kind.name, 'transition'));
}

/** Taking back that a record was made, or brought back, takes it out of the register; a step of those who judge is turned. */
function undoAsAct({ kind, record, newest }: RecordView): JudgedAct | undefined {
  if (newest?.act === 'created' || newest?.act === 'restored') return { act: 'archive' };
  if (newest?.act !== 'moved') return undefined;
  if (kind.name === 'audit') return { act: record.state === 'reported' ? 'reopen' : 'cancel' };
  return moveAsAct(kind.name, record.state, kind.lifecycle.initial);
}

function ability(
  view: RecordView,
  actor: Actor,
  act: RecordAct,
  options: { readonly archivedToo?: boolean; readonly duties?: Duties | null } = {},
): AbilityWire {
  const { kind, record, facts } = view;
  if (view.asOf) return no('This is how the record stood earlier. Open it as it is now.', []);
  if (view.newest?.fields === null && act !== 'export')
    return no('What this record said was erased. It cannot be changed any more.', []);
  if (act === 'approve' && !kind.approvable) return notApproved(kind);
  if (act === 'approve' && actor.type !== 'person') return no('Only a person approves; a token cannot.', []);
  if (act === 'approve' && isOpened(actor)) return no(openedWords, whoAdministers('members'));
  if (!can(actor, act, facts))
    return no(
      refusalWords(act, kind, refusedBy(actor, kind.name, act, facts)),
      whoCan(kind.name, act),
      act === 'approve' ? view.deciders : view.able?.get(act),
    );
  const bound = act === 'edit' || act === 'transition' || act === 'approve';
  if (record.archivedAt && bound && options.archivedToo !== true)
    return no('This record is archived. Bring it back before you change it.', []);
  const duties = options.duties === undefined ? view.duties : options.duties;
  if (act !== 'approve' || duties === null || actor.type !== 'person') return allowed(view, actor, act);
  const { fields } = record.content;
  const obstacle = dutyObstacle(kind, fields, actor, duties, deputyFor(actor, facts));
  if (obstacle === undefined) return allowed(view, actor, act);
  const others = view.deciders.filter((one) => deciderObstacle(kind, fields, one, duties) === undefined);
  return no(obstacle, whoCan(kind.name, act), others);
}

const onWhole = ({ lack }: RecordView, ability: AbilityWire): AbilityWire =>
  ability.allowed && lack !== undefined ? no(lack.says, []) : ability;

/** A withdrawal is taken back by whoever may withdraw, where that is still the putting right of a mistake. */
function onMistake({ approvals, inputs, record }: RecordView, actor: Actor, at: Date): AbilityWire {
  const by = actor.type === 'person' ? actor.member : '';
  const obstacle = reinstateObstacle(approvals, { by, at, writtenAt: record.updatedAt, inputs });
  return obstacle === undefined ? { allowed: true } : no(obstacle, []);
}

/** Why what stands around it refuses a step, the fields that answer it alone where they are said anew, and who could. */
export type Refusal = {
  readonly says: string;
  readonly asks?: readonly string[];
  readonly who?: readonly string[];
  readonly people?: readonly Named[];
};

/** Steps of the life cycle from where the record stands. */
export function transitionsOf(
  view: RecordView,
  actor: Actor,
  /** Steps that the line refuses, by name. */
  ahead: ReadonlyMap<string, Refusal> = new Map(),
): RecordWire['transitions'] {
  const { kind, record } = view;
  const right = ability(view, actor, 'transition');
  const subject = {
    state: record.state,
    content: record.content,
    approval: approvalAtHand(view.approvals, record.digest.toString('hex'), view),
    staleSays: unseenWords(view.unseen, kind.approvable?.as === 'accept'),
    ...view.work,
    ...(view.duties && actor.type === 'person' ? actorTests(view.duties.who, actor) : {}),
  };
  return Object.entries(kind.lifecycle.transitions)
    .filter(([, transition]) => transition.from.includes(record.state))
    .map(([name, transition]) => {
      const refusal = ahead.get(name);
      const stays = view.foundBefore ? foundObstacle(kind, transition.to) : undefined;
      const bound = endingObstacle(kind, transition.to, view.approvals, decidedOf(record));
      const beyond = bound ?? stays ?? refusal?.says;
      const itself = transitionObstacle(kind, name, subject, actor, view.today);
      const obstacle = itself ?? beyond;
      const own = right.allowed && transition.decides ? ability(view, actor, 'approve') : right;
      const opened = isOpened(actor) && isWeighty(kind, name);
      if (opened)
        return {
          ...{ name, label: transition.label, to: transition.to },
          ability: no(openedWords, whoAdministers('members')),
        };
      const other = obstacle === refusal?.says ? refusal : undefined;
      const free: AbilityWire =
        own.allowed && obstacle !== undefined ? no(obstacle, other?.who ?? [], other?.people) : own;
      const audited = (one: AbilityWire): AbilityWire =>
        withAudited(view, moveAsAct(kind.name, record.state, transition.to), one);
      const judged = (one: AbilityWire): AbilityWire => audited(withJudges(view, transition.to, one));
      const hand = own.allowed ? audited(own) : own;
      const blank = beyond === undefined ? blanksOf(kind, name, subject, actor, view.today) : [];
      // What was said of an earlier time is asked for like a blank.
      const anew = itself === undefined && beyond === refusal?.says ? (refusal?.asks ?? []) : [];
      const asks = judged(own).allowed ? [...blank, ...anew] : [];
      return {
        ...{ name, label: transition.label, to: transition.to, ability: hand.allowed ? judged(free) : hand },
        ...(asks.length > 0 ? { asks } : {}),
      };
    });
}

function notApproved(kind: Kind): AbilityWire {
  return no(`${kind.plural} are not approved; they say how things are.`, []);
}

/** It may be done; where the right to it is not their own, it says whose. */
const allowed = ({ facts, through }: RecordView, actor: Actor, act: RecordAct): AbilityWire => ({
  allowed: true,
  ...(through ? rightThrough(actor, act, facts, through) : {}),
});

function no(reason: string, who: readonly string[], people?: readonly Named[]): AbilityWire {
  const named = people?.slice(0, namesAtMost).map(({ id, name }) => ({ id, name }));
  return { allowed: false, reason, who, ...(named === undefined ? {} : { people: named }) };
}
