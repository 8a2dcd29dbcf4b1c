/** Parts that many declarations share, so that one thing is asked in one way everywhere. */
import { f, type LineField, type MemberField } from './fields.ts';
import { type Relation, within } from './kind.ts';

/** The line that names a record. */
export function named(label: string, alsoCalled: readonly string[] = [], help?: string): LineField {
  return f.line({ label, required: true, column: true, alsoCalled, ...(help ? { help } : {}) });
}

/** The person who answers for a record. */
export function owned(help: string, station?: string, alsoCalled: readonly string[] = []): MemberField {
  return f.member({
    label: 'Owner',
    help,
    column: true,
    alsoCalled: ['owner', 'responsible', 'responsible person', 'accountable', ...alsoCalled],
    ...(station ? { station } : {}),
  });
}

/** The system that a record belongs to. Without it, where it is optional, the record belongs to the organisation. */
export function withinSystem(inverse: string, required = false): Relation {
  return within('system', { label: 'System', inverse, required });
}
