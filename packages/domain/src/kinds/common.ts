/** Parts that many declarations share, so that one thing is asked in one way everywhere. */
import { lastDay } from '../day.ts';
import { f, type LineField, type MemberField } from './fields.ts';
import { type KindDeclaration, type Relation, within } from './kind.ts';

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

/**
 * Works out the earliest day ever named for something that is to happen: putting a date off leaves it, bringing one
 * forward moves it too. What was promised first stays on record whoever edits it.
 */
export function earliestNamed(date: string, first: string): NonNullable<KindDeclaration['derive']> {
  return ({ fields }) => {
    const { [date]: now, [first]: before } = fields;
    if (typeof now !== 'string') return {};
    return typeof before === 'string' && lastDay(before) <= lastDay(now) ? {} : { [first]: now };
  };
}
