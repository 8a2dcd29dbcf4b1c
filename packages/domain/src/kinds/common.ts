/** Parts that many declarations share, so that one thing is asked in one way everywhere. */
import type { StationId } from '@throughline/catalogue/vocabulary.ts';
import { cellText, rowsOf, says } from '../trace/read.ts';
import { f, type LineField, type MemberField, type TextField } from './fields.ts';
import { type KindDeclaration, type Lifecycle, lackIn, type Relation, within } from './kind.ts';

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

/** Why a record must not be removed, whatever the time that it is kept for says: somebody may ask for it yet (7.5.3). */
export const heldBack = (station?: StationId): TextField =>
  f.text({
    ...(station === undefined ? {} : { station }),
    label: 'Legal hold',
    help: 'Why it must not be removed for now, such as a dispute or an inquiry. Empty once the hold is lifted.',
    max: 2000,
    alsoCalled: ['legal hold', 'litigation hold'],
  });

/** The system that a record belongs to. Without it, where it is optional, the record belongs to the organisation. */
export function withinSystem(inverse: string, required = false): Relation {
  return within('system', { label: 'System', inverse, required });
}

/** The life of what is written down and kept true (7.5): there is nothing to do with it but keep it up or let it go. */
export const keptUp: Lifecycle = {
  initial: 'kept-up',
  states: {
    'kept-up': { label: 'Kept up', shape: 'full' },
    withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
  },
  transitions: {
    withdraw: { label: 'Withdraw', from: ['kept-up'], to: 'withdrawn' },
    resume: { label: 'Keep up again', from: ['withdrawn'], to: 'kept-up' },
  },
};

/** How documents of one system come into force (7.5.2): by who answers for it, within what they may approve. */
export const approvedForSystem: NonNullable<KindDeclaration['approvable']> = {
  by: ['system-owner', 'aims-manager', 'top-management'],
  authority: () => ({ dimension: 'document', level: null }),
};

/**
 * The same once every part is there without which such a document says nothing: blank is not approved, and neither is a
 * text of nothing. Of rows one says something, and each says something in the columns named.
 */
export const approvedOnceSaid = (
  parts: readonly { readonly part: string; readonly label: string; readonly columns?: readonly string[] }[],
): NonNullable<KindDeclaration['approvable']> => ({
  ...approvedForSystem,
  lacks: (content) => {
    const missing = parts.filter(({ part, columns = [] }) => {
      const rows = rowsOf(content, part);
      return (
        !says(content, part) || rows.some((row) => columns.some((column) => cellText(row, column) === null))
      );
    });
    const labels = missing.map(({ label }) => `“${label}”`).join(', ');
    return lackIn(
      missing.map(({ part }) => part),
      missing.length === 0
        ? undefined
        : `Blank is not approved: ${labels} ${missing.length > 1 ? 'say' : 'says'} nothing yet.`,
    );
  },
});
