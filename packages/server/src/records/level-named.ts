import { levelsMissed } from '@throughline/domain/classification/given-level.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Kind, Lack } from '@throughline/domain/kinds/kind.ts';
import { textOf } from '@throughline/domain/trace/read.ts';
import type { Services } from '../services.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { schemesInForce } from './schemes-in-force.ts';

type Said = Pick<StoredRecord, 'content'>;

/** Why a class from outside is not signed off: its scheme in force has no such level. Nothing where it has. */
export async function levelLack(
  services: Services,
  reader: Reader,
  kind: Kind,
  { content }: Said,
): Promise<Lack | undefined> {
  if (kind.name !== 'classification') return undefined;
  for (const scheme of await schemesInForce(services, reader, content.links.byScheme ?? [])) {
    const levels = levelsMissed(content, scheme);
    if (levels !== null)
      return {
        says: `“${textOf(content, 'otherOutcome')}” is no level of ${scheme.ref} version ${scheme.version}. One of: ${levels.join(', ')}.`,
        parts: ['otherOutcome'],
      };
  }
  return undefined;
}

/** The same before a step to where a class is signed off. */
export async function ensureLevel(
  services: Services,
  reader: Reader,
  kind: Kind,
  record: Said,
  to: string,
): Promise<void> {
  const lack = kind.approvable?.in?.includes(to)
    ? await levelLack(services, reader, kind, record)
    : undefined;
  if (lack) throw new DomainError('conflict', lack.says, [{ at: 'fields.otherOutcome', message: lack.says }]);
}
