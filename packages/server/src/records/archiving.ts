import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Services } from '../services.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { auditedRefusal } from './audited.ts';
import { entailedObstacle } from './entailed-duty.ts';
import { keptRefusal } from './kept.ts';
import { goingOnObstacle } from './taken-back.ts';

/**
 * Why a record is not taken out of the register, whichever way it is asked for, alone or among many: what auditors found
 * stays before those it is about, a duty that a class leads to stays, and so do a use or a system that goes on and what its
 * line still speaks of. Nothing where it may.
 */
export async function archivingRefusal(
  services: Services,
  reader: Reader,
  by: { readonly actor: Actor; readonly at: Date },
  record: StoredRecord,
): Promise<DomainError | undefined> {
  const audited = await auditedRefusal(reader, by, record, { act: 'archive' });
  const refusal = audited ?? (await entailedObstacle(services, reader, record, by.at));
  if (refusal) return refusal;
  const obstacle = await goingOnObstacle(reader, reader.registry.get(record.kind), record);
  return obstacle === undefined
    ? keptRefusal(services, reader, record)
    : new DomainError('conflict', obstacle);
}
