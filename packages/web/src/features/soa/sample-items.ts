import type { Json } from '@throughline/domain/json.ts';
import { cellText, rowsOf } from '@throughline/domain/trace/read.ts';

/** What was seen of an item of a sample. */
export const results = ['as-expected', 'deviates', 'not-assessable'] as const;
export type SampleItem = {
  readonly item: string;
  readonly result?: (typeof results)[number] | undefined;
  readonly note?: string | undefined;
};

/** The items of a test's sample in the order in which they were drawn. */
export const itemsOf = (fields: Readonly<Record<string, Json>>): SampleItem[] =>
  rowsOf({ fields, links: {} }, 'sampleItems').map((row) => ({
    item: cellText(row, 'item') ?? '',
    result: results.find((one) => one === row.result),
    note: cellText(row, 'note') ?? undefined,
  }));

/** How many nobody looked at yet. */
export const openOf = (items: readonly SampleItem[]): number =>
  items.filter(({ result }) => result === undefined).length;
