import { DomainError } from '@throughline/domain/errors.ts';
import { Clock } from '@throughline/domain/trace/clock.ts';
import { entailing } from '@throughline/domain/trace/law.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import type { Services } from '../services.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { lineWorld } from './line-world.ts';

/**
 * A duty of law that a signed-off class leads to is not taken out of the register of its system by one person: the class is
 * what decides, and another class is signed off by others (4.2). Throws `conflict` with the class.
 */
export async function ensureNotEntailed(
  services: Services,
  write: Write,
  record: LockedRecord,
): Promise<void> {
  const { fields } = record.content;
  if (record.kind !== 'obligation' || record.system === null || fields.source !== 'law') return;
  // What may be read in part only would be judged as if the rest were not there.
  if (write.narrow)
    throw new DomainError('forbidden', 'Whether a class leads to this duty takes more than this scope sees.');
  const world = await lineWorld(services, write, record.system);
  const duty = world?.inputs.own.find(({ id }) => id === record.id);
  if (!world || !duty) return;
  const { facts: organisation, inputs } = world;
  const system = systemFacts(inputs, organisation);
  const owed = entailing({ organisation, system, clock: new Clock(organisation.today) }, duty);
  if (!owed) return;
  const classes = owed.classes.flatMap((id) => system.find(id)?.ref ?? []).join(' and ');
  throw new DomainError(
    'conflict',
    `${classes} ${owed.classes.length === 1 ? 'leads' : 'lead'} to this duty, so it stays. Where it does not follow, classify again and have that signed off.`,
  );
}
