import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { boundObstacle } from '@throughline/domain/kinds/binding.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Services } from '../services.ts';
import { approvalsOf } from '../store/approvals.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { auditedRefusal } from './audited.ts';
import { decidedOf } from './deciders.ts';
import { entailedObstacle } from './entailed-duty.ts';
import { keptRefusal } from './kept.ts';
import { goingOnObstacle } from './taken-back.ts';
import { calledForObstacle, goneObstacle } from './two-hands.ts';

/**
 * Why a record is not taken out of the register, whichever way it is asked for, alone or among many: what auditors found
 * stays before those it is about, a duty that a class leads to stays, so do what takes two hands and what that calls for,
 * and so do a use or a system that goes on and what its line still speaks of. Nothing where it may.
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
  const kind = reader.registry.get(record.kind);
  const obstacle =
    (await goneObstacle(reader, by, kind, record, { archived: true })) ??
    (await calledForObstacle(reader, record)) ??
    (await goingOnObstacle(reader, kind, record)) ??
    (await boundRefusal(reader, kind, record));
  if (obstacle === undefined) return keptRefusal(services, reader, record);
  return new DomainError('conflict', obstacle);
}

/** What is approved and binds is taken back by another person before it goes (5.3). */
async function boundRefusal(reader: Reader, kind: Kind, record: StoredRecord): Promise<string | undefined> {
  if (kind.approvable?.binds === undefined) return undefined;
  const acts = (await approvalsOf(reader, [record.id])).get(record.id) ?? [];
  return boundObstacle(kind, record.state, acts, decidedOf(record));
}
