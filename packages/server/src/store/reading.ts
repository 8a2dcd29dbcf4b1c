import type { Actor } from '@throughline/domain/actor.ts';
import { readingScope, withoutTokenScope } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';

/** Who asks, of which organisation: what a look at its rows needs to know before anything is read. */
export type Asker = { readonly organisation: string; readonly actor: Actor };

/** What is taken away from a reader, as the policies of `throughline_scoped` read it from the transaction's setting. */
export type Narrowing = {
  readonly kinds: readonly string[] | 'all';
  readonly systems: readonly string[] | 'all';
  /** Kinds read by those named in a record alone. */
  readonly sealed: readonly string[];
  /** Kinds that hold files. */
  readonly filed: readonly string[];
  /** Whose own things are theirs: a member or a token. */
  readonly member: string | null;
};

/** Whether more is taken away than what is sealed. */
export const isScoped = ({ kinds, systems }: Narrowing): boolean => kinds !== 'all' || systems !== 'all';

/**
 * What an actor may not read. `null` where reading is by kind alone and costs no look at a scope: for whoever has none
 * where no kind is sealed, and for the rules of the product; what these write says nothing to anybody who may not read it.
 */
export function narrowingOf(actor: Actor, registry: Registry): Narrowing | null {
  const scope = readingScope(actor);
  if (actor.type === 'rule' || (scope === null && registry.sealed.length === 0)) return null;
  return {
    ...(scope ?? { kinds: 'all', systems: 'all' }),
    sealed: registry.sealed,
    filed: registry.filed,
    member: ownerIn(actor),
  };
}

/** The same for a change: its rules judge all that a token's roles may read, and its answer is read within the scope. */
export const narrowingOfChange = (actor: Actor, registry: Registry): Narrowing | null =>
  narrowingOf(withoutTokenScope(actor), registry);

function ownerIn(actor: Actor): string | null {
  if (actor.type === 'person') return actor.member;
  return actor.type === 'token' ? actor.token : null;
}
