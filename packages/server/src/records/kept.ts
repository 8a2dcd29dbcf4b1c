import { DomainError } from '@throughline/domain/errors.ts';
import { isKept, keptObstacle } from '@throughline/domain/trace/kept.ts';
import type { Services } from '../services.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { contextIn, type LineWorld, lineWorld, worldOfNone } from './line-world.ts';

/** Why the line keeps a record from being archived, as it stands in this transaction; nothing where it does not. */
export async function keptRefusal(
  services: Services,
  reader: Reader,
  record: StoredRecord,
): Promise<DomainError | undefined> {
  if (!isKept(record.kind)) return undefined;
  // What may be read in part only would be judged as if the rest were not there.
  if (reader.narrow)
    return new DomainError('forbidden', 'Whether the line still needs this takes more than this scope sees.');
  const world = await worldOf(services, reader, record);
  const now = world?.inputs.own.find(({ id }) => id === record.id);
  const obstacle = world && now && keptObstacle(contextIn(world), now);
  return obstacle === undefined ? undefined : new DomainError('conflict', obstacle);
}

const worldOf = (services: Services, reader: Reader, record: StoredRecord): Promise<LineWorld | undefined> =>
  record.system === null
    ? worldOfNone(services, reader, record.id)
    : lineWorld(services, reader, record.system);
