import { emptyStructure, namesAbove } from '../organisation-structure.ts';
import type { Approved } from './approved.ts';
import type { Clock } from './clock.ts';
import { type Due, dueBy, latest } from './due.ts';
import type { TraceRecord } from './inputs.ts';
import { earliest } from './judge.ts';
import { nextLookDay } from './next-day.ts';
import type { OrganisationFacts, RegisteredSystem } from './organisation-facts.ts';
import { dayOf, linksOf, listOf, type Readable, textOf } from './read.ts';

type Where = { readonly organisation: OrganisationFacts; readonly clock: Clock };

/**
 * A document with the content of its version in force. What was approved is read from `content`; what only says
 * how the document is kept (reviews, telling) is read from the record, because it changes without a new approval.
 */
export type DocumentInForce = { readonly record: TraceRecord; readonly content: Approved };

/** The version in force of the document that carries an item of the mandatory set (`MD-02`), or is of a type. */
export function documentInForce(
  organisation: OrganisationFacts,
  item: string,
  type?: string,
): DocumentInForce | null {
  for (const record of candidates(organisation, item, type)) {
    const content = organisation.approved(record);
    if (content && record.state !== 'withdrawn') return { record, content };
  }
  return null;
}

/** Documents meant to carry an item, approved or not: what an action opens when none is in force. */
export function candidates(organisation: OrganisationFacts, item: string, type?: string): TraceRecord[] {
  const carriers = organisation.documents.get(item) ?? [];
  const typed =
    type === undefined
      ? []
      : (organisation.byKind.get('document') ?? []).filter((record) => textOf(record, 'type') === type);
  return [...new Set([...carriers, ...typed])].filter((record) => record.state !== 'withdrawn');
}

export const policyInForce = (organisation: OrganisationFacts) =>
  documentInForce(organisation, 'MD-02', 'ai-policy');
export const scopeInForce = (organisation: OrganisationFacts) =>
  documentInForce(organisation, 'MD-01', 'scope-statement');

/** Whether a document reaches a system: all of the organisation, its unit or one above it, or the system by name. */
export function reaches(
  { inputs }: Pick<OrganisationFacts, 'inputs'>,
  content: Readable,
  system: Pick<RegisteredSystem, 'id' | 'fields'>,
): boolean {
  if (linksOf(content, 'coversSystems').includes(system.id)) return true;
  const reach = textOf(content, 'reach');
  if (reach === 'whole-organisation') return true;
  const unit = system.fields.unit;
  if (reach !== 'units' || typeof unit !== 'string') return false;
  const units = listOf(content, 'units');
  return [unit, ...namesAbove(inputs.structure ?? emptyStructure, unit)].some((name) => units.includes(name));
}

/** Whether the next review of a document lies ahead; a version never reviewed counts from its approval. */
export function documentDue(c: Where, document: DocumentInForce, interval: string): Due {
  const approvedOn = c.organisation.zone.dayOf(document.content.at);
  return dueBy(c, {
    interval,
    last: latest([approvedOn, dayOf(document.record, 'reviewedOn')]),
    next: nextLookDay(document.record, document.content, 'reviewedOn'),
  });
}

/** Overlaps in conflict that are late, since when where a day says it, and by when the next is to be settled. */
export function conflicts(
  c: Where,
  document: DocumentInForce,
): { late: number; since: string | null; until: string | null } {
  const rows = document.record.fields.overlaps;
  const open = (Array.isArray(rows) ? rows : []).flatMap((row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return [];
    const by = 'resolveBy' in row ? row.resolveBy : null;
    return 'alignment' in row && row.alignment === 'conflict' ? [typeof by === 'string' ? by : null] : [];
  });
  // A conflict without a date stands open past any date.
  const late = open.filter((by) => by === null || c.clock.over(by));
  return { late: late.length, since: earliest(late), until: earliest(open) };
}
