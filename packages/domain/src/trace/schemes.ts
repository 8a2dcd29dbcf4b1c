import { levelsMissed } from '../classification/given-level.ts';
import { tierUnder } from '../classification/keep-tier.ts';
import { type TierTable, tierTableOf } from '../classification/tier-table.ts';
import type { Approved } from './approved.ts';
import { current } from './classes.ts';
import { approvedOf, type Context, sharedOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { linksOf, listOf, textOf } from './read.ts';

/** A scheme in force: its record and the version that is approved. */
export type SchemeNow = { readonly record: TraceRecord; readonly approved: Approved };

/** Schemes of the organisation that are approved and kept up. */
export function schemesInForce(c: Context): SchemeNow[] {
  return sharedOf(c, 'classification-scheme').flatMap((record) => {
    const approved = record.state === 'withdrawn' ? null : approvedOf(c, record);
    return approved ? [{ record, approved }] : [];
  });
}

/** Whether a scheme is asked of a system: where none of its laws is named, of every one. */
export function askedOf(scheme: SchemeNow, system: TraceRecord): boolean {
  const where = listOf(scheme.approved, 'askedWhere');
  const laws = listOf(system, 'legalOverlay');
  return where.length === 0 || where.some((law) => laws.includes(law));
}

const askedBy = (c: Context, method: 'given' | 'table'): SchemeNow[] =>
  schemesInForce(c).filter(
    (scheme) => textOf(scheme.approved, 'method') === method && askedOf(scheme, c.system.record),
  );

/** Schemes of others that are asked of the system of this context. */
export const givenSchemes = (c: Context): SchemeNow[] => askedBy(c, 'given');
/** Decision tables of the organisation that are. */
export const tableSchemes = (c: Context): SchemeNow[] => askedBy(c, 'table');

/** Whether a class was given by this scheme. */
export const classedBy = (c: Context, record: TraceRecord, scheme: SchemeNow): boolean =>
  linksOf(current(c, record), 'byScheme').includes(scheme.record.id);

const tables = new WeakMap<Approved, TierTable>();

/** The table of an approved version, read once however many systems are judged by it. */
function tableOf(approved: Approved): TierTable {
  const known = tables.get(approved) ?? tierTableOf(approved.fields);
  tables.set(approved, known);
  return known;
}

/** Whether a signed-off class from outside says a level that the version in force of its scheme does not have. */
export function levelGone(c: Context, record: TraceRecord): boolean {
  const content = approvedOf(c, record);
  if (!content) return false;
  return schemesInForce(c).some(
    ({ record: { id }, approved: { fields } }) => levelsMissed(content, { id, fields }) !== null,
  );
}

/** The scheme in force whose table gives a signed-off tier otherwise than it stands; `null` where none does. */
export function tierMoved(c: Context, record: TraceRecord): SchemeNow | null {
  const content = approvedOf(c, record);
  if (!content || textOf(content, 'scheme') !== 'own-tier' || !textOf(content, 'tierName')) return null;
  const by = schemesInForce(c).find(
    (scheme) => textOf(scheme.approved, 'method') === 'table' && classedBy(c, record, scheme),
  );
  if (!by) return null;
  const stored = { answers: content.fields.answers, tierName: textOf(content, 'tierName') };
  return tierUnder(tableOf(by.approved), stored) === null ? null : by;
}
