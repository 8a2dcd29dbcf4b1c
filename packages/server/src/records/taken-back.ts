import { DomainError } from '@throughline/domain/errors.ts';
import { takesBack } from '@throughline/domain/gates/stages.ts';
import { archiveObstacle } from '@throughline/domain/kinds/archiving.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { says } from '@throughline/domain/trace/read.ts';
import { letThrough } from '../store/gate-passed.ts';
import { hasRun, saidWhileRunning, usesOf } from '../store/has-run.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';

type Taken = Pick<StoredRecord, 'id' | 'state'>;
type Said = Taken & Pick<StoredRecord, 'content'>;

const reason = 'takenBackBecause';

/**
 * Why a system that runs is not taken back to an earlier stage, in words: a use of it goes on (A.9.4), or nobody said why
 * since it runs. Nothing where it may.
 * @param wrote what the same change wrote before
 */
export async function takingBackObstacle(
  reader: Reader,
  system: Said,
  wrote: readonly string[],
): Promise<string | undefined> {
  const goesOn = await usesGoingOn(reader, system.id);
  if (goesOn !== undefined) return goesOn;
  // That it is blank is what the step itself asks.
  if (wrote.includes(reason) || !says(system.content, reason)) return undefined;
  if (await saidWhileRunning(reader, system.id, reason)) return undefined;
  return '“Why it was taken back” is said anew first: it speaks of an earlier time.';
}

/** The same of taking back the step that let it run. Throws `conflict`. */
export async function ensureNoneInUse(
  reader: Reader,
  { name }: Kind,
  { id, state }: Taken,
  to: string,
): Promise<void> {
  if (name !== 'system' || !takesBack(state, to)) return;
  const obstacle = await usesGoingOn(reader, id);
  if (obstacle !== undefined) throw new DomainError('conflict', obstacle);
}

async function usesGoingOn(reader: Reader, system: string): Promise<string | undefined> {
  const { inUse } = await usesOf(reader, system);
  if (inUse.length === 0) return undefined;
  const { prefix } = reader.registry.get('use-case');
  const refs = inUse.slice(0, 5).map((number) => `${prefix}-${number}`);
  const more = inUse.length > refs.length ? ` and ${inUse.length - refs.length} more` : '';
  const [is, it] = inUse.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${refs.join(', ')}${more} ${is} in use. Suspend or retire ${it} first: what is used runs.`;
}

/**
 * Why a record stays in the register, in words: it goes on, it is a system that ran, has uses on record and was never
 * retired, or a gate by which a system went on that is not retired. Nothing where it may be archived.
 */
export async function goingOnObstacle(
  reader: Reader,
  kind: Kind,
  record: Taken,
): Promise<string | undefined> {
  const obstacle = archiveObstacle(kind, record.state);
  if (obstacle === undefined && kind.name === 'gate' && (await letThrough(reader, record.id)))
    return 'This gate was passed, and its system went on by it: its conditions and what it was decided on stay on record until the system is retired.';
  if (obstacle !== undefined || kind.name !== 'system') return obstacle;
  if (!(await hasRun(reader, record.id)) || !(await usesOf(reader, record.id)).any) return undefined;
  return 'This system ran, and what ran is retired by its step before it is archived.';
}
