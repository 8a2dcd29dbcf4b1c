import { DomainError, Replayed } from '@throughline/domain/errors.ts';
import type { Write } from './write.ts';

/**
 * One request that its client may send again. `done` turns true with the commit of its change, so that a second
 * change of the same request does not find the first one's claim.
 */
export type Once = {
  readonly actor: string;
  readonly key: string;
  /** SHA-256 over method, path and body; a door that reads the body itself adds it. */
  digest: Buffer;
  done: boolean;
};

const keptHours = 24;

/**
 * Claims the key as the first statement of the change. A second request with the key waits here for the first one's
 * end; then it is answered from what that made. Throws `Replayed`, or `duplicate-request` for another body.
 */
export async function claim(write: Write, once: Once): Promise<void> {
  const claimed = await write.run({
    name: 'claim-request',
    text: `insert into idempotency as i (organisation, actor, key, digest, at) values ($1, $2, $3, $4, $5)
      on conflict (organisation, actor, key) do update set digest = excluded.digest, at = excluded.at, subject = null
        where i.at < $5::timestamptz - $6 * interval '1 hour'
      returning 1`,
    values: [write.organisation, once.actor, once.key, once.digest, write.ctx.at, keptHours],
  });
  if (claimed.length > 0) return;
  const rows = await write.run<{ digest: Buffer; subject: string | null }>({
    name: 'claimed-request',
    text: `select digest, subject #>> '{}' as subject from idempotency where organisation = $1 and actor = $2 and key = $3`,
    values: [write.organisation, once.actor, once.key],
  });
  const earlier = rows[0];
  if (!earlier?.digest.equals(once.digest)) {
    throw new DomainError(
      'duplicate-request',
      'This Idempotency-Key was used for another request. Take a new key for a new request.',
    );
  }
  throw new Replayed(earlier.subject);
}

/** Keeps what the request made, as the last statement of the change. */
export async function settle(write: Write, once: Once, subject: string | null): Promise<void> {
  await write.run({
    name: 'settle-request',
    text: `update idempotency set subject = to_jsonb($4::text) where organisation = $1 and actor = $2 and key = $3`,
    values: [write.organisation, once.actor, once.key, subject],
  });
}
