import { registry } from '../kinds/all.ts';
import type { TraceRecord } from './inputs.ts';
import type { Readable } from './read.ts';

/**
 * The content of a record that counts. A versioned kind counts as the version in force, whatever a later draft says: that
 * is told where it helps, and neither closes nor opens anything. Everything else counts as it stands.
 */
export function countsOf(record: TraceRecord): Readable {
  return record.inForce && registry.find(record.kind)?.regime === 'versioned' ? record.inForce : record;
}
