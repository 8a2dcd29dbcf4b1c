import { admissionObstacle } from '@throughline/domain/gates/admission.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import type { OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { documentApprovals } from '../store/document-approvals.ts';
import { liveDaysOf } from '../store/live-days.ts';
import type { Reader } from '../store/reader.ts';

/** Why a system is not admitted afterwards on a version, in words, by what its whole past says; nothing where it is. */
export async function admissionLack(
  reader: Reader,
  facts: OrganisationFacts,
  on: { readonly system: TraceRecord; readonly version: TraceRecord | null },
): Promise<string | undefined> {
  const liveDays = on.version === null ? [] : await liveDaysOf(reader, on.version.id);
  return admissionObstacle({ ...on, liveDays, approvals: await documentApprovals(reader) }, facts);
}
