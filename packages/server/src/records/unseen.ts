import { inForce } from '@throughline/domain/approvals.ts';
import { sameJson } from '@throughline/domain/json.ts';
import type { Content } from '@throughline/domain/kinds/kind.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { linksOf } from '@throughline/domain/trace/read.ts';
import {
  givenForFindings,
  type UnseenFinding,
  unseenUnder,
} from '@throughline/domain/trace/unseen-findings.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { traceRecords } from '../store/trace-records.ts';

/**
 * Findings that whoever gave the approval in force of a record did not see, by record, where there are any: by the rule that
 * the line judges by (RI4, RI5). Only risks and treatment plans are given for findings. With an index, as the log had it.
 */
export async function unseenOf(
  reader: Reader,
  records: readonly { readonly id: string; readonly kind: string }[],
  index: number | null = null,
): Promise<ReadonlyMap<string, readonly UnseenFinding[]>> {
  const asked = records.filter(({ kind }) => givenForFindings.includes(kind));
  const given = await traceRecords(reader, idsOf(asked), index);
  const treated = given.flatMap((record) => linksOf(record.inForce ?? record, 'risks'));
  const risks = await traceRecords(reader, treated, index);
  const carried = [...given, ...risks].flatMap((record) => linksOf(record, 'carries'));
  const assessments = await traceRecords(reader, carried, index);
  const found = given.map((record) => [record.id, unseenUnder(record, { assessments, risks })] as const);
  return new Map(found.filter(([, unseen]) => unseen.length > 0));
}

/** Whether the acceptance of a risk, which saw all that it carries, falls behind by what a change takes in. */
export async function takesInUnseen(
  reader: Reader,
  before: Pick<StoredRecord, 'id' | 'kind' | 'content'>,
  next: Content,
): Promise<boolean> {
  const says = ({ fields, links }: Content) => [fields.carriedEffects ?? null, [...(links.carries ?? [])]];
  if (before.kind !== 'risk' || sameJson(says(before.content), says(next))) return false;
  const [risk] = await traceRecords(reader, [before.id]);
  if (!risk || !inForce(risk.approvals)) return false;
  const assessments = await traceRecords(reader, linksOf(next, 'carries'));
  const { version, fields, links } = risk;
  const after = { ...risk, ...next, inForce: risk.inForce ?? { version, fields, links } };
  const falls = (one: TraceRecord): boolean => unseenUnder(one, { assessments, risks: [] }).length > 0;
  return falls(after) && !falls(risk);
}

/** Assessments that findings stand in, by id, once each. */
export const assessmentsIn = (unseen: readonly UnseenFinding[]): string[] => [
  ...new Set(idsOf(unseen.map(({ assessment }): TraceRecord => assessment))),
];

const idsOf = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id);
