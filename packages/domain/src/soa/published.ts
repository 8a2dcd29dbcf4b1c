import type { SoaDecision } from '../trace/applicability.ts';
import type { SentenceWire } from '../wire.ts';
import type { SeveralWire, SoaWire } from '../wire-soa.ts';
import type { PlaceState, Statement } from './types.ts';

/**
 * A published statement: what it said at a moment, in words and refs, so that it is read without the records. The first
 * format said neither who and where nor the place in the log; what it leaves out reads as not said.
 */
export const publishedFormat = 'throughline-statement-of-applicability/2';
export const firstFormat = 'throughline-statement-of-applicability/1';

/** Several records by their refs: how many, and those that were shown. */
export type PublishedSeveral = { readonly count: number; readonly refs: readonly string[] };

/** What a row says since the second format. */
export type PublishedMore = {
  /** How many of the faults, which come first, are contradictions. */
  readonly contradictions: number | null;
  readonly objective: string | null;
  readonly owner: string | null;
  readonly implementedBy: PublishedSeveral | null;
  readonly evidence: PublishedSeveral | null;
  readonly nextTest: string | null;
};

export type PublishedRow = PublishedMore & {
  readonly id: string;
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
  readonly test: { readonly ref: string; readonly on: string; readonly conclusion: string } | null;
  readonly faults: readonly string[];
};

export type PublishedStatement = {
  readonly format: typeof publishedFormat | typeof firstFormat;
  readonly asOf: string;
  /** The place in the log. */
  readonly index: number | null;
  readonly organisation: string | null;
  /** The statement of scope in force then: `DOC-1 Scope of the AI management system`. */
  readonly scope: string | null;
  readonly counts: Statement['counts'];
  readonly rows: readonly PublishedRow[];
};

/** Decisions that say nowhere why: a statement with such a row is not published (6.1.3 d, f). By the id of the control. */
export function unjustifiedIn({ rows }: Pick<SoaWire, 'rows'>): readonly { at: string; message: string }[] {
  return rows.flatMap(({ id, faults }) =>
    faults
      .filter(({ code }) => code === 'applicable-bare' || code === 'excluded-bare')
      .map(({ sentence }) => ({ at: id, message: sentenceText(sentence) })),
  );
}

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
      test: row.testing?.last
        ? { ref: row.testing.last.test.ref, on: row.testing.last.on, conclusion: row.testing.last.conclusion }
        : null,
      faults: row.faults.map(({ sentence }) => sentenceText(sentence)),
      contradictions: row.faults.filter(({ type }) => type === 'contradiction').length,
      objective: row.objective,
      owner: row.owner,
      implementedBy: severalOf(row.implementedBy),
      evidence: row.evidence && severalOf({ count: row.evidence.current, first: row.evidence.first }),
      nextTest: row.testing?.next ?? null,
    })),
  };
}

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
