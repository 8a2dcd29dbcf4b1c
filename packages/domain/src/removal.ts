import type { Actor } from './actor.ts';
import { lastDay } from './day.ts';
import { dayText } from './day-text.ts';
import type { ErasureReason } from './erasure.ts';
import { notInPlace } from './kind-words.ts';
import type { Content, Kind } from './kinds/kind.ts';
import { canAdminister, canHandOn } from './permissions.ts';

/**
 * When what a record says may be removed (7.5.3): the time that it is kept for is over, and nobody holds it back. Nothing
 * removes it by itself: what is due is put before a person, and the reasons for it are kept by the log.
 */
type Kept = NonNullable<Kind['kept']>;

/** The last day of the time that a record is kept for (YYYY-MM-DD); `null` where it says none. */
export function keptUntil({ until }: Kept, { fields }: Pick<Content, 'fields'>): string | null {
  const day = fields[until];
  return typeof day === 'string' ? lastDay(day) : null;
}

/** Why a record is held back from removal, in its own words; `null` where it is not. */
export function holdOn({ hold }: Kept, { fields }: Pick<Content, 'fields'>): string | null {
  const said = fields[hold];
  return typeof said === 'string' && said.trim() !== '' ? said : null;
}

/** Whether a change takes a hold away that stands, or says otherwise why it does: either may let go what is held. */
export function liftsHold(
  kept: Kept,
  before: Pick<Content, 'fields'>,
  next: Pick<Content, 'fields'>,
): boolean {
  const was = holdOn(kept, before);
  return was !== null && was !== holdOn(kept, next);
}

/** Why somebody who may edit a record does not lift a hold on it; nothing where they do. */
export function noLift(actor: Actor): string | undefined {
  if (actor.type === 'token') return 'A token lifts no legal hold: a person does it, and says why.';
  if (canHandOn(actor, 'settings')) return undefined;
  return canAdminister(actor, 'settings')
    ? notInPlace
    : 'A legal hold is lifted by whoever keeps the management system, with a reason. You may set one.';
}

/**
 * Why a record must not be removed for this reason on a day, in words; nothing where it may be. A hold bars every reason,
 * the time that it is kept for only removal because that time is over. Kinds that say no such time are not held to one.
 */
export function removalObstacle(
  kept: Kept | undefined,
  content: Pick<Content, 'fields'>,
  reason: ErasureReason,
  today: string,
): string | undefined {
  if (!kept) return undefined;
  if (holdOn(kept, content) !== null) return 'It is under a legal hold, which is lifted first.';
  if (reason !== 'retention') return undefined;
  const until = keptUntil(kept, content);
  if (until === null) return 'Nothing says until when it is kept, so that time is not over.';
  return until >= today ? `It is kept until ${dayText(String(content.fields[kept.until]))}.` : undefined;
}
