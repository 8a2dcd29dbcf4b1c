import { DomainError } from '@throughline/domain/errors.ts';
import { isUnborne } from '@throughline/domain/trace/closed-risks.ts';
import type { Services } from '../services.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { contextIn, lineWorld, worldOfNone } from './line-world.ts';

/**
 * A risk is not closed while it stands above what is borne and nobody with authority accepted it (8.3): whoever
 * wrote it would put it out of sight alone. Throws `conflict` with what is missing.
 */
export async function ensureBorne(
  services: Services,
  write: Write,
  record: LockedRecord,
  transition: string,
): Promise<void> {
  if (record.kind !== 'risk' || transition !== 'close') return;
  // What may be read in part only would be judged as if the rest were not there.
  if (write.narrow)
    throw new DomainError('forbidden', 'Whether this risk is borne takes more than this scope sees.');
  const world =
    record.system === null
      ? await worldOfNone(services, write, record.id)
      : await lineWorld(services, write, record.system);
  const before = world?.inputs.own.find(({ id }) => id === record.id);
  if (!world || !before) return;
  if (!isUnborne(contextIn(world), { ...before, ...record.content })) return;
  throw new DomainError(
    'conflict',
    'This risk stands above what is borne without treatment, and nobody with authority accepts it. Rate it anew where that is over, or have it accepted first.',
  );
}
