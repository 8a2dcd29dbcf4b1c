import { type Approval, inForce } from '../approvals.ts';
import { effectChanges } from '../impact/effect-changes.ts';
import { carries, numbered } from './assessments.ts';
import type { TraceRecord } from './inputs.ts';
import { linksOf, type Readable, type Row, rowsOf } from './read.ts';
import { wordList } from './say.ts';

/**
 * Why nobody saw a finding who gave an approval: the risk took it in since, it was judged anew, or nobody had approved its
 * assessment yet, so that no one knows what the draft said then.
 */
export const unseenWays = ['taken-in', 'judged-anew', 'approved-since'] as const;
export type Unseen = (typeof unseenWays)[number];

/** A finding as a risk carries it today, which a decision about the risk was given without. */
export type UnseenFinding = {
  readonly assessment: TraceRecord;
  readonly number: number;
  readonly how: Unseen;
  /** Since when it is so. RFC 3339, UTC. */
  readonly at: string;
};

/** What the rule reads beside the record that was approved. */
export type Around = {
  /** Assessments that may be in force, of any system. */
  readonly assessments: readonly TraceRecord[];
  /** Of a plan: risks that it may treat. */
  readonly risks: readonly TraceRecord[];
};

/** Kinds whose approval is given for findings: a risk's acceptance, and a plan's. */
export const givenForFindings: readonly string[] = ['risk', 'treatment'];

/**
 * Findings of assessments in force that whoever gave the approval in force of a risk, or of a treatment plan, did not have
 * in view (6.1.3, 6.1.4, 8.3): the risk did not carry them as it stood then, or what they are judged to be is another
 * since, or the assessment was approved only afterwards. A plan's risks take in nothing unseen here: what they draw on turns
 * its approval stale by itself. A closed risk asks nobody. Pure.
 */
export function unseenUnder(record: TraceRecord, { assessments, risks }: Around): UnseenFinding[] {
  const approval = inForce(record.approvals);
  if (!approval) return [];
  const content = record.inForce ?? record;
  if (record.kind === 'risk') return unseenBy(assessments, record, { at: approval.at, content });
  if (record.kind !== 'treatment' || record.state === 'given-up') return [];
  const treated = risks.filter(({ id, archived }) => !archived && linksOf(content, 'risks').includes(id));
  return treated.flatMap((risk) => unseenBy(assessments, risk, { at: approval.at, content: risk }));
}

/** When somebody decided, and what the risk said then. */
type Given = { readonly at: string; readonly content: Readable };

function unseenBy(
  assessments: readonly TraceRecord[],
  risk: TraceRecord,
  { at, content }: Given,
): UnseenFinding[] {
  if (risk.state === 'closed') return [];
  const held = assessments.filter((assessment) => isHeldAgainst(assessment, risk));
  return carriedInForce(risk, held).flatMap((finding) => {
    const how = howUnseen({ at, content }, finding);
    if (how === undefined) return [];
    const { assessment, approval, number } = finding;
    const since: Readonly<Record<Unseen, string>> = {
      'taken-in': risk.updatedAt,
      'judged-anew': approval.at,
      'approved-since': firstApproved(assessment) ?? approval.at,
    };
    return [{ assessment, number, how, at: since[how] }];
  });
}

/** A finding of an assessment in force that a risk carries, as it is judged today. */
export type FindingInForce = {
  readonly assessment: TraceRecord;
  /** Of the assessment. */
  readonly approval: Approval;
  readonly number: number;
  readonly row: Row;
};

/**
 * Why somebody who decided about a risk did not see a finding that it carries today: by when they decided, and by what the
 * risk said then. Nothing where they saw it as it is judged. Pure.
 */
export function howUnseen({ at, content }: Given, finding: FindingInForce): Unseen | undefined {
  return carries(content, finding.assessment.id, finding.number) ? judgedSince(at, finding) : 'taken-in';
}

/** Whether a finding was approved for the first time, or judged to be another, after somebody looked at it. Pure. */
export function judgedSince(
  at: string,
  { assessment, approval, number, row }: FindingInForce,
): Exclude<Unseen, 'taken-in'> | undefined {
  const version = versionCounting(assessment, at);
  if (version === undefined) return 'approved-since';
  const then = version === approval.version ? undefined : saidIn(assessment, version);
  return then && effectChanges(then.get(number), row).length > 0 ? 'judged-anew' : undefined;
}

/** Findings of assessments in force that a risk carries, as they are judged today. */
export const carriedInForce = (risk: Readable, assessments: readonly TraceRecord[]): FindingInForce[] =>
  assessments.flatMap((assessment) => {
    const approval = isAssessment(assessment) ? inForce(assessment.approvals) : undefined;
    if (!approval) return [];
    return [...effectsByNumber(assessment.inForce ?? assessment)].flatMap(([number, row]) =>
      carries(risk, assessment.id, number) ? [{ assessment, approval, number, row }] : [],
    );
  });

const isAssessment = ({ kind, state, archived }: TraceRecord): boolean =>
  kind === 'impact-assessment' && state !== 'withdrawn' && !archived;

/** An assessment of the risk's own system, which nobody took back; of any system under a risk of the whole organisation. */
const isHeldAgainst = (assessment: TraceRecord, risk: TraceRecord): boolean =>
  isAssessment(assessment) && (risk.system === null || assessment.system === risk.system);

/**
 * Which version of an assessment counted at a moment: the one in force then or, where its approval was taken back, the one
 * approved last. Nothing where none was approved before.
 */
function versionCounting({ approvals }: TraceRecord, at: string): number | undefined {
  const until = Date.parse(at);
  const acts = approvals.filter((act) => Date.parse(act.at) <= until);
  return (inForce(acts) ?? acts.findLast(({ act }) => act === 'approve'))?.version;
}

/** When an assessment was approved for the first time. RFC 3339, UTC. */
export const firstApproved = ({ approvals }: TraceRecord): string | undefined =>
  approvals.find(({ act }) => act === 'approve')?.at;

/** What an earlier approved version of an assessment said of its effects; nothing where that was erased. */
export function saidIn({ earlier = [] }: TraceRecord, version: number): ReadonlyMap<number, Row> | undefined {
  const before = earlier.find((one) => one.version === version);
  return before && effectsByNumber({ fields: before.fields, links: {} });
}

/** The effects that an assessment names, by the number that risks cite. */
export const effectsByNumber = (content: Readable): ReadonlyMap<number, Row> =>
  new Map(numbered(rowsOf(content, 'effects')).map(({ number, row }) => [number, row]));

const since: Readonly<Record<Unseen, string>> = {
  'taken-in': 'taken in since',
  'judged-anew': 'judged anew since',
  'approved-since': 'approved since',
};
const namedAtMost = 3;

/**
 * Why an approval counts no more that was given without findings, in words; nothing where it saw them all.
 * @param accepts approving is called accepting on its kind
 */
export function unseenWords(unseen: readonly UnseenFinding[], accepts: boolean): string | undefined {
  if (unseen.length === 0) return undefined;
  const shown = unseen
    .slice(0, namedAtMost)
    .map(({ assessment, number, how }) => `effect ${number} of ${assessment.ref} (${since[how]})`);
  const more = unseen.length - shown.length;
  const findings = wordList(more > 0 ? [...shown, `${more} more`] : shown);
  return accepts
    ? `It was accepted without ${findings}, so it is accepted anew first.`
    : `It was approved without ${findings}, so it is approved anew first.`;
}

/**
 * Why nobody says that what changed has no effect on an approval, in words; nothing where somebody may: a finding that the
 * risk took in, or that nobody had approved, was never before whoever gave it, so they see it and decide anew (8.3).
 */
export function neverSeenObstacle(unseen: readonly UnseenFinding[], accepts: boolean): string | undefined {
  return unseenWords(
    unseen.filter(({ how }) => how !== 'judged-anew'),
    accepts,
  );
}
