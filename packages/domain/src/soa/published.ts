import type { SoaDecision } from '../trace/applicability.ts';
import type { SentenceWire } from '../wire.ts';
import type { SeveralWire, SoaEvidenceWire, SoaTestingWire, SoaWire, TestedWire } from '../wire-soa.ts';
import type { PlaceState, Statement } from './types.ts';

/**
 * A published statement: what it said at a moment, in words and refs, so that it is read without the records. The first
 * format said neither who and where nor the place in the log, the second of tests the last one alone and of evidence no
 * day; what they leave out reads as not said.
 */
export const publishedFormat = 'throughline-statement-of-applicability/3';
export const secondFormat = 'throughline-statement-of-applicability/2';
export const firstFormat = 'throughline-statement-of-applicability/1';

/** Several records by their refs: how many, and those that were shown. */
export type PublishedSeveral = { readonly count: number; readonly refs: readonly string[] };

/** Evidence that stood for a control: those that spoke for it still, and what did no longer; `null` where it was not kept. */
export type PublishedEvidence = PublishedSeveral & {
  readonly stale: number | null;
  readonly aside: number | null;
  /** The last day that the newest piece speaks for. */
  readonly to: string | null;
};

/** A test by its ref, with the name of who made it. */
export type PublishedTest = {
  readonly ref: string;
  readonly on: string;
  readonly conclusion: string;
  readonly tester: string | null;
};

/** The tests that stood: how many implementations they judged and how, and which they were. */
export type PublishedTests = {
  readonly of: number;
  readonly effective: number;
  readonly partly: number;
  readonly failed: number;
  readonly untested: number;
  readonly count: number;
  readonly first: readonly PublishedTest[];
};

/** What a row says since the second format, and of tests since the third. */
export type PublishedMore = {
  /** How many of the faults, which come first, are contradictions. */
  readonly contradictions: number | null;
  readonly objective: string | null;
  readonly owner: string | null;
  readonly implementedBy: PublishedSeveral | null;
  readonly evidence: PublishedEvidence | null;
  readonly tests: PublishedTests | null;
  readonly nextTest: string | null;
};

export type PublishedRow = PublishedMore & {
  readonly id: string;
  /** The record by its ref, which a code that is given anew does not change; `null` where it was not kept, or is none. */
  readonly control: string | null;
  readonly title: string;
  readonly topic: string | null;
  readonly decided: SoaDecision;
  /** `APL-4`, or `null` where nobody decided. */
  readonly line: string | null;
  /** Ids of reasons, and of what calls for the control the refs that were shown with the whole count. */
  readonly reasons: readonly string[];
  readonly sources: readonly (PublishedSeveral & { readonly reason: string })[];
  readonly justification: string | null;
  readonly decidedOn: string | null;
  readonly place: {
    readonly at: string;
    readonly state: PlaceState;
    readonly inPlace: number;
    readonly of: number;
  } | null;
  readonly test: PublishedTest | null;
  readonly faults: readonly string[];
};

/** The rows of Annex A: an own control is none of them, whatever its code. */
export const annexRows = <Row extends Pick<PublishedRow, 'topic'>>(rows: readonly Row[]): Row[] =>
  rows.filter(({ topic }) => topic !== null);

export type PublishedStatement = {
  readonly format: typeof publishedFormat | typeof secondFormat | typeof firstFormat;
  readonly asOf: string;
  /** The place in the log. */
  readonly index: number | null;
  readonly organisation: string | null;
  /** The statement of scope in force then: `DOC-1 Scope of the AI management system`. */
  readonly scope: string | null;
  readonly counts: Statement['counts'];
  readonly rows: readonly PublishedRow[];
};

/** What of a statement is published: nothing that depends on who looks. */
export function publishedOf({
  asOf,
  index,
  organisation,
  scope,
  counts,
  rows,
}: Pick<SoaWire, 'asOf' | 'index' | 'organisation' | 'scope' | 'counts' | 'rows'>): PublishedStatement {
  return {
    format: publishedFormat,
    asOf,
    index,
    organisation,
    scope: scope && `${scope.ref} ${scope.title}`,
    counts,
    rows: rows.map((row) => ({
      id: row.id,
      control: row.control?.ref ?? null,
      title: row.title,
      topic: row.topic && `${row.topic.id} ${row.topic.title}`,
      decided: row.decided,
      line: row.line?.ref ?? null,
      reasons: row.reasons,
      sources: row.sources.map((source) => ({ reason: source.reason, ...severalOf(source) })),
      justification: row.justification,
      decidedOn: row.decidedOn,
      place: row.placing && {
        at: row.placing.at,
        state: row.placing.state,
        inPlace: row.placing.inPlace,
        of: row.placing.of,
      },
      test: row.testing?.last ? testOf(row.testing.last) : null,
      tests: row.testing && testsOf(row.testing),
      faults: row.faults.map(({ sentence }) => sentenceText(sentence)),
      contradictions: row.faults.filter(({ type }) => type === 'contradiction').length,
      objective: row.objective,
      owner: row.owner,
      implementedBy: severalOf(row.implementedBy),
      evidence: row.evidence && evidenceOf(row.evidence),
      nextTest: row.testing?.next ?? null,
    })),
  };
}

const testOf = ({ test, on, conclusion, tester }: TestedWire): PublishedTest => ({
  ...{ ref: test.ref, on, conclusion, tester },
});

const testsOf = ({ of, effective, partly, failed, untested, tests }: SoaTestingWire): PublishedTests => ({
  ...{ of, effective, partly, failed, untested },
  ...{ count: tests.count, first: tests.first.map(testOf) },
});

const evidenceOf = ({ current, stale, aside, newest, first }: SoaEvidenceWire): PublishedEvidence => ({
  ...severalOf({ count: current, first }),
  ...{ stale, aside, to: newest?.to ?? null },
});

const severalOf = ({ count, first }: SeveralWire): PublishedSeveral => ({
  count,
  refs: first.map(({ ref }) => ref),
});

/** A sentence where nothing can be pressed. */
export function sentenceText(sentence: SentenceWire): string {
  return sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('ref' in part) return part.ref.ref;
      return 'day' in part ? part.day : part.name;
    })
    .join('');
}
