import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { canHandOn, whoAdministers, whoCan } from '@throughline/domain/permissions.ts';
import { liftsHold, noLift } from '@throughline/domain/removal.ts';
import type { Write } from '../store/write.ts';
import { ensurePresent } from './presence.ts';
import { whoAdministersHere } from './who-could.ts';

const shortestReason = 10;

/**
 * A legal hold keeps what somebody may ask for from being removed (7.5.3), also from those who would rather have it gone.
 * Whoever edits a record sets one; that it is lifted, or said otherwise, takes whoever keeps the settings by a right of
 * their own, a person with a fresh proof, and a reason that stays with the version. Throws `forbidden`, `unprocessable`.
 */
export async function ensureMayLift(
  write: Write,
  kind: Kind,
  before: Pick<Content, 'fields'>,
  next: Pick<Content, 'fields'>,
): Promise<void> {
  if (!kind.kept || !liftsHold(kind.kept, before, next)) return;
  const { actor, because, at } = write.ctx;
  const part = `fields.${kind.kept.hold}`;
  const refused = noLift(actor);
  if (refused !== undefined) {
    const people = await whoAdministersHere(
      write,
      actor,
      { roles: whoLifts(kind), could: (one) => canHandOn(one, 'settings') },
      at,
    );
    throw new DomainError('forbidden', refused, [{ at: part, message: refused }], {
      who: whoLifts(kind),
      ...(people ? { people } : {}),
    });
  }
  if (actor.type === 'person' && (because ?? '').trim().length < shortestReason)
    throw unprocessable([
      {
        at: 'because',
        message: `Say why the legal hold is lifted, in ${shortestReason} characters at least.`,
      },
    ]);
  await ensurePresent(write);
}

/** A file lifts no hold, whoever imports it: nobody reads in it that one was meant to go. */
export function refuseLiftByFile(
  kind: Kind,
  before: Pick<Content, 'fields'>,
  next: Pick<Content, 'fields'>,
  ref: string,
): void {
  if (!kind.kept || !liftsHold(kind.kept, before, next)) return;
  throw new DomainError(
    'conflict',
    `${ref} is under a legal hold that this would take away. Lift it on its page first. Nothing was changed.`,
  );
}

/** The roles that lift a hold on records of a kind. */
export const whoLifts = (kind: Kind) =>
  whoAdministers('settings').filter((role) => whoCan(kind.name, 'edit').includes(role));
