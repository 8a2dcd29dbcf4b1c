import { DomainError } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { agree, differencesOf, isOpen } from '@throughline/domain/risk/opinions.ts';
import { points } from '@throughline/domain/risk/rate.ts';
import { persons } from '../store/identities.ts';
import type { Reader } from '../store/reader.ts';
import { opinionsOf, waiting } from '../store/risk-opinions.ts';

/**
 * No risk is accepted while people who rated it apart say different things of it and nobody has settled that (6.1.2).
 * Throws `conflict`.
 */
export async function ensureSettled(reader: Reader, kind: Kind, record: string): Promise<void> {
  if (kind.name !== 'risk') return;
  const opinions = await opinionsOf(reader, record);
  if (opinions.length === 0) return;
  const who = await persons(reader);
  const apart = points.some((point) => {
    const said = waiting(opinions, point);
    return isOpen(said, who) && !agree(differencesOf(said));
  });
  if (apart)
    throw new DomainError(
      'conflict',
      'Two persons rated this risk apart and say different things. Settle that first.',
    );
}
