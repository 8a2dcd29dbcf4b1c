import { isObject } from '@throughline/domain/json.ts';
import type { Db } from '../../store/connection.ts';
import type { CheckedRow, CheckedTable } from '../../store/verify/tables.ts';
import type { FaultSink, Place } from './fault-sink.ts';
import type { History, Said, Told } from './told.ts';

export type TableCheck = {
  readonly db: Db;
  readonly organisation: string;
  readonly faults: FaultSink;
  readonly told: Told;
};

export type Hold = (column: string, expected: unknown, found: unknown, words?: boolean) => void;
export type Held = { readonly check: TableCheck; readonly about: Place; readonly hold: Hold } & History;
export type Holder<T extends CheckedTable> = (row: CheckedRow<T>, held: Held) => void;

/** Holds content against the digest that an entry names; entries of earlier releases name none. */
export function holdDigest(
  { check, about }: Held,
  digest: unknown,
  content: { readonly made: string | null; readonly columns: string; readonly mayBeGone: boolean },
): void {
  if (typeof digest !== 'string') check.faults.notBound(String(about.table));
  else if (content.made === null) {
    if (!content.mayBeGone) check.faults.add('content-gone', { ...about, column: content.columns });
  } else if (content.made !== digest)
    check.faults.add(
      'content-differs',
      { ...about, column: content.columns },
      {
        expected: digest,
        found: content.made,
      },
    );
}

export const actorOf = (body: Said['body']): Readonly<Record<string, unknown>> =>
  isObject(body.actor) ? body.actor : {};

/** PostgreSQL's days come as local midnights. */
export function dayText(day: unknown): string | null {
  if (!(day instanceof Date)) return typeof day === 'string' ? day : null;
  const month = String(day.getMonth() + 1).padStart(2, '0');
  return `${day.getFullYear()}-${month}-${String(day.getDate()).padStart(2, '0')}`;
}
