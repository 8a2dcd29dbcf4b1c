import type { FoundingApproval } from '@throughline/domain/gates/admission.ts';
import type { Reader } from './reader.ts';
import type { FieldsColumn } from './tables.ts';

/**
 * Every approval of a document that was ever given, with the kind of document that the approved version called itself and
 * what it covers: archived or written otherwise since, it was approved all the same. What was erased says nothing.
 */
export async function documentApprovals(reader: Reader): Promise<FoundingApproval[]> {
  const rows = await reader.run<{ at: Date; fields: FieldsColumn }>({
    name: 'document-approvals',
    text: `select a.at, jsonb_strip_nulls(jsonb_build_object('type', v.fields -> 'type', 'covers', v.fields -> 'covers')) as fields
      from record r join approval a on a.organisation = $1 and a.record = r.id and a.act = 'approve'
      join revision v on v.organisation = $1 and v.record = r.id and v.version = a.version and v.fields is not null
      where r.organisation = $1 and r.kind = 'document'`,
    values: [reader.organisation],
  });
  return rows.map(({ at, fields }) => ({ at: at.toISOString(), fields }));
}
