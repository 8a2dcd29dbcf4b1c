import { DomainError } from '@throughline/domain/errors.ts';
import { beginningObstacle } from '@throughline/domain/kinds/beginning.ts';
import { decideEdit, emptyContent, type Patch, targetsOf } from '@throughline/domain/kinds/edit.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { newId } from '../store/ids.ts';
import { partiesOf } from '../store/parties.ts';
import { heldTargets } from '../store/records.ts';
import type { ChangeOptions } from '../store/store.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { Write } from '../store/write.ts';
import { ensureCompared } from './compared.ts';
import { dayHere, ensureDays } from './days-come.ts';
import { ensureFindingsThere } from './findings-carried.ts';
import { ensureOwnSystem, homeOf, newParentsOf } from './home.ts';
import { ensureIndependent } from './independence.ts';
import { ensureItemsKnown } from './items-named.ts';
import { ensureMay, ensureRight } from './load.ts';
import { ensureNamed } from './named-things.ts';
import { peopleFor } from './people.ts';
import { withPlansBefore } from './plans-before.ts';
import { ensureLoweringSaid } from './rating-lowered.ts';
import { resolveLinks } from './resolve-refs.ts';
import { ensureUnitStands } from './units-named.ts';

export type NewRecordInput = {
  readonly patch: Patch;
  /** Where it begins, if not at the first state: see `beginnings`. */
  readonly state?: string | undefined;
  /** The state says how it stood elsewhere, as a file brings it in: nobody takes the steps to it here. */
  readonly broughtIn?: true;
  /** What it is called elsewhere: an identity under which it is found again. */
  readonly external?: readonly { readonly source: string; readonly key: string }[];
};

/** Creates one record. Throws `unprocessable` with one item per field, `forbidden`, or `not-found` for an unreadable kind. */
export async function createRecord(
  services: Services,
  ctx: Context,
  kind: Kind,
  input: NewRecordInput,
  options: ChangeOptions = {},
): Promise<StoredRecord> {
  ensureMay(ctx.actor, kind, 'create');
  return services.store.change(ctx, (write) => createInside(write, kind, input), options);
}

/** The same inside a change that does more. */
export async function createInside(write: Write, kind: Kind, input: NewRecordInput): Promise<StoredRecord> {
  const patch = await resolveLinks(write, write.ctx.actor, kind, input.patch);
  const targets = await heldTargets(write, targetsOf(patch), newParentsOf(kind, patch));
  const people = await peopleFor(write, kind, null, patch);
  const decided = decideEdit(kind, emptyContent, patch, targets, people);
  const system = homeOf(kind, decided.next, targets);
  const edit = await withPlansBefore(write, kind, decided, {
    ...{ id: null, before: emptyContent, system, at: write.ctx.at },
    state: input.state ?? kind.lifecycle.initial,
  });
  ensureOwnSystem(kind, { before: emptyContent, next: edit.next, system }, targets);
  const owner = memberIn(edit.next.fields, kind.owner);
  const facts = {
    kind: kind.name,
    owner,
    assignee: memberIn(edit.next.fields, 'assignee'),
    systemOwner: [...targets.values()].find((target) => target.system === system)?.systemOwner ?? null,
  };
  const id = newId(write.ctx.at.getTime());
  // What is sealed is put in by its parties, unless anybody may raise it.
  const parties = kind.sealed?.raisedByAnyone
    ? null
    : await partiesOf(write, { kind: kind.name, content: edit.next });
  ensureRight(write, kind, 'create', { id, facts: { ...facts, parties } });
  await ensureNamed(write, kind, {}, edit.next.fields);
  await ensureUnitStands(write, kind, {}, edit.next.fields);
  await ensureDays(write, kind, {}, edit.next.fields, patch.byAct);
  await ensureItemsKnown(write, kind, emptyContent, edit.next);
  await ensureCompared(write, kind, {}, edit.next.fields);
  const state =
    input.broughtIn && kind.lifecycle.mayBeBroughtIn && input.state !== undefined
      ? input.state
      : stateAtCreation(kind, input.state, edit.next, await dayHere(write));
  await ensureFindingsThere(write, kind, emptyContent, edit.next);
  // A file says how it was rated elsewhere, and gives no reason.
  if (!input.broughtIn) await ensureLoweringSaid(write, kind, { id, content: emptyContent }, edit.next);
  // Beginning further on amounts to taking the steps that lead there.
  if (state !== kind.lifecycle.initial) ensureRight(write, kind, 'transition', { id, facts });
  const judging = { id: null, kind: kind.name, system, content: edit.next };
  await ensureIndependent(write, kind, judging, state);
  return write.create({
    id,
    kind,
    content: edit.next,
    system,
    state,
    ...(input.external ? { external: input.external } : {}),
  });
}

/** The state in which a record begins: one that no second person, approval or proof stands before. */
function stateAtCreation(kind: Kind, state: string | undefined, content: Content, today: string): string {
  if (state === undefined) return kind.lifecycle.initial;
  const obstacle = beginningObstacle(kind, state, content, today);
  if (obstacle === undefined) return state;
  const known = Object.hasOwn(kind.lifecycle.states, state);
  const label = known ? kind.lifecycle.states[state]?.label : state.slice(0, 40);
  const why = known
    ? `A new ${kind.label.toLowerCase()} does not begin as “${label}”.`
    : `${kind.label} has no state "${label}".`;
  throw new DomainError('unprocessable', why, [{ at: 'state', message: obstacle }]);
}

function memberIn(fields: Readonly<Record<string, unknown>>, name: string | undefined): string | null {
  const value = name ? fields[name] : undefined;
  return typeof value === 'string' ? value : null;
}
