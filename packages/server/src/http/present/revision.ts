import type { ErasureWire, RevisionWire, ValueNamesWire } from '@throughline/domain/wire-around.ts';
import type { Valued } from '../../records/value-names.ts';
import type { Services } from '../../services.ts';
import type { Erasure } from '../../store/erasures.ts';
import type { StoredRevision } from '../../store/history.ts';
import { actorRefWire, standingIn } from './actor.ts';
import { refWire } from './ref.ts';

const acts = ['created', 'edited', 'moved', 'archived', 'restored', 'erased'] as const;

export function revisionWire(revision: StoredRevision, names: ReadonlyMap<string, string>): RevisionWire {
  const act = acts.find((name) => name === revision.act);
  if (!act) throw new Error(`The act "${revision.act}" is unknown to this release`);
  return {
    version: revision.version,
    act,
    state: revision.state,
    by: actorRefWire(revision.actor_type, revision.actor_id),
    byName: names.get(revision.actor_id) ?? null,
    ...standingIn(revision.on_behalf_of, names),
    at: revision.at.toISOString(),
    because: revision.because,
    changed: revision.changed,
    material: revision.material,
    digest: revision.digest.toString('hex'),
    entry: revision.index,
    ...(revision.fields && revision.links ? { fields: revision.fields, links: revision.links } : {}),
  };
}

/** Who erased what the versions said, and why; an entry of an earlier release names no reason. */
export function erasureWire(
  erasure: Erasure | undefined,
  names: ReadonlyMap<string, string>,
): ErasureWire | undefined {
  if (!erasure) return undefined;
  return {
    by: erasure.by,
    byName: names.get(erasure.by.id) ?? null,
    at: erasure.at,
    reason: erasure.reason ?? null,
    entry: erasure.index,
  };
}

/** What the values of versions are called: people, ids of the catalogue, and the records that links point at. */
export function valueNames({ registry }: Pick<Services, 'registry'>, found: Valued): ValueNamesWire {
  return {
    names: Object.fromEntries([...found.people, ...found.catalogue]),
    refs: Object.fromEntries([...found.refs].map(([id, row]) => [id, refWire(registry, row)])),
  };
}
