import { DomainError } from '@throughline/domain/errors.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

const scheme = 'eu-ai-act';

/** A classification under the EU AI Act, which alone is asked as an interview. @throws {DomainError} `conflict` */
export function ofTheLaw<R extends StoredRecord>(record: R): R {
  if (record.content.fields.scheme === scheme) return record;
  throw new DomainError(
    'conflict',
    'The interview asks what the EU AI Act asks. This classification follows another scheme.',
  );
}
