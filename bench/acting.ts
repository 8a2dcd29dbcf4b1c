import type { Actor } from '@throughline/domain/actor.ts';
import type { Context } from '@throughline/server/store/context.ts';
import { foundOrganisation } from './founding.ts';
import type { World } from './world.ts';

/** The generated organisation's one member, who may do everything that is measured. */
export function actorOf(world: World): Actor & { type: 'person' } {
  return { type: 'person', member: world.member, roles: ['admin', 'aims-manager'] };
}

export function contextOf(world: World): Context {
  return {
    organisation: world.organisation,
    actor: actorOf(world),
    at: new Date(),
    because: null,
    request: null,
  };
}

/** The ref and the version of a record now. */
export async function refOf(world: World, id: string): Promise<readonly [string, number]> {
  const { rows } = await world.services.store.owner.query<{ kind: string; number: number; version: number }>(
    'select kind, number, version from record where organisation = $1 and id = $2',
    [world.organisation, id],
  );
  const [row] = rows;
  if (!row) throw new Error(`No record ${id}`);
  return [`${world.services.registry.get(row.kind).prefix}-${row.number}`, row.version];
}

/** Systems far apart, so that no page of the database serves two rounds in a row. */
export function systemAt(world: World, round: number): string {
  const id = world.systems[(round * 7_919) % world.systems.length];
  if (id === undefined) throw new Error('The organisation has no systems');
  return id;
}

export function fail(error: unknown): never {
  throw error;
}

/** A further organisation beside the large one, for what would change the large one's figures. */
export async function secondOrganisation(world: World): Promise<Context> {
  const { organisation, member } = await foundOrganisation(world.services.store, 'Harbour Mutual Overseas');
  const actor = { type: 'person', member, roles: ['admin', 'aims-manager'] } as const;
  return { organisation, actor, at: new Date(), because: null, request: null };
}
