import type { SoaDecision } from '../trace/applicability.ts';
import type { SentenceWire } from '../wire.ts';
import type { SoaWire } from '../wire-soa.ts';
import type { PlaceState, Statement } from './types.ts';

/** A published statement: what it said at a moment, in words and refs, so that it is read without the records. */
export const publishedFormat = 'throughline-statement-of-applicability/1';

export type PublishedRow = {
  readonly id: string;
  readonly title: string;
  readonly topic: string | null;
  readonly decided: SoaDecision;
  /** `APL-4`, or `null` where nobody decided. */
  readonly line: string | null;
  /** Ids of reasons, and of what calls for the control the refs that were shown with the whole count. */
  readonly reasons: readonly string[];
  readonly sources: readonly {
    readonly reason: string;
    readonly count: number;
    readonly refs: readonly string[];
  }[];
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
  readonly format: typeof publishedFormat;
  readonly asOf: string;
  readonly counts: Statement['counts'];
  readonly rows: readonly PublishedRow[];
};

/** What of a statement is published: nothing that depends on who looks. */
export function publishedOf({
  asOf,
  counts,
  rows,
}: Pick<SoaWire, 'asOf' | 'counts' | 'rows'>): PublishedStatement {
  return {
    format: publishedFormat,
    asOf,
    counts,
    rows: rows.map((row) => ({
      id: row.id,
      title: row.title,
      topic: row.topic && `${row.topic.id} ${row.topic.title}`,
      decided: row.decided,
      line: row.line?.ref ?? null,
      reasons: row.reasons,
      sources: row.sources.map(({ reason, count, first }) => ({
        reason,
        count,
        refs: first.map(({ ref }) => ref),
      })),
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
    })),
  };
}

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
