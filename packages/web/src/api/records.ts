import { queryOptions } from '@tanstack/react-query';
import type { ErasureReason } from '@throughline/domain/erasure.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { LinkPatch } from '@throughline/domain/kinds/edit.ts';
import type {
  ChangeWire,
  CountWire,
  ListWire,
  RecordWire,
  RefWire,
  RegisterWire,
} from '@throughline/domain/wire.ts';
import type { AroundWire, ComparisonWire, HistoryWire } from '@throughline/domain/wire-around.ts';
import type { RawRowWire } from '@throughline/domain/wire-import.ts';
import type { WithdrawalWire } from '@throughline/domain/wire-withdrawal.ts';
import { type Answer, get, newIdempotencyKey, patch, post, type Query, request } from './client.ts';

/** Everything of the product's own API stands under this path. */
export const apiPath = '/api/v1';

export type RecordPatch = {
  fields?: Readonly<Record<string, Json>>;
  links?: Readonly<Record<string, LinkPatch>>;
  because?: string;
};

/** A record as an address names it, and the version that a change is made on. */
export type RecordAt = { collection: string; ref: string; version: number };

/** The version as RFC 9110 8.8.3 writes it. */
export const etagOf = (version: number): string => `"${version}"`;

const pathOf = (collection: string, ref?: string): string =>
  ref === undefined ? `${apiPath}/${collection}` : `${apiPath}/${collection}/${encodeURIComponent(ref)}`;

const signalOf = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** A list arrives as `{ items }`; some short ones as the bare array. */
export type Items<Item> = readonly Item[] | { items: readonly Item[] };
const isBare = <Item>(answer: Items<Item>): answer is readonly Item[] => Array.isArray(answer);
export const itemsOf = <Item>(answer: Items<Item>): readonly Item[] =>
  isBare(answer) ? answer : answer.items;

export const listRecords = (collection: string, query: Query, signal?: AbortSignal): Promise<RegisterWire> =>
  get<RegisterWire>(pathOf(collection), { query, ...signalOf(signal) });

/** How many rows match, apart from the page because counting costs more than a page. */
export const countRecords = (collection: string, query: Query, signal?: AbortSignal): Promise<CountWire> =>
  get<CountWire>(`${pathOf(collection)}/count`, { query, ...signalOf(signal) });

/** `gaps` stands at systems: of all their lines together. */
export type FacetWire = { value: string; label?: string; count: number; gaps?: number };
export const readFacets = async (
  collection: string,
  query: Query,
  signal?: AbortSignal,
): Promise<readonly FacetWire[]> =>
  itemsOf(await get<Items<FacetWire>>(`${pathOf(collection)}/facets`, { query, ...signalOf(signal) }));

export const readRecord = (
  collection: string,
  ref: string,
  asOf?: string,
  signal?: AbortSignal,
): Promise<RecordWire> => get<RecordWire>(pathOf(collection, ref), { query: { asOf }, ...signalOf(signal) });

/** One record. The key names the ref, so that the event stream makes it old; the moment comes last. */
export const recordQuery = (collection: string, ref: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['record', ref, asOf ?? ''],
    queryFn: ({ signal }) => readRecord(collection, ref, asOf, signal),
  });

export const createRecord = (
  collection: string,
  body: RecordPatch,
  key: string,
): Promise<Answer<ChangeWire>> =>
  request<ChangeWire>('POST', pathOf(collection), body, { idempotencyKey: key });

export const editRecord = (
  at: RecordAt,
  body: RecordPatch,
  options?: { dryRun: boolean },
): Promise<ChangeWire> =>
  patch<ChangeWire>(pathOf(at.collection, at.ref), body, {
    ifMatch: etagOf(at.version),
    query: { dryRun: options?.dryRun === true ? true : undefined },
  });

const act = (at: RecordAt, verb: string, body: unknown): Promise<unknown> =>
  post<unknown>(`${pathOf(at.collection, at.ref)}/${verb}`, body, {
    ifMatch: etagOf(at.version),
    idempotencyKey: newIdempotencyKey(),
  });

export const takeStep = (at: RecordAt, transition: string, because?: string): Promise<unknown> =>
  act(at, 'transitions', { transition, ...(because === undefined ? {} : { because }) });

export type ApprovalBody = {
  act: 'submit' | 'approve' | 'reject' | 'withdraw' | 'reinstate' | 'restore';
  version: number;
  digest: string;
  reason?: string;
};
export const decideApproval = (at: RecordAt, body: ApprovalBody): Promise<unknown> =>
  act(at, 'approvals', body);
/** What falls when the approval in force is withdrawn. */
export const readWithdrawal = (
  collection: string,
  ref: string,
  signal?: AbortSignal,
): Promise<WithdrawalWire> => get<WithdrawalWire>(`${pathOf(collection, ref)}/withdrawal`, signalOf(signal));
export const archiveRecord = (at: RecordAt): Promise<unknown> => act(at, 'archive', {});
/** Takes away for good what every version said. */
export const eraseRecord = (at: RecordAt, reason: ErasureReason): Promise<unknown> =>
  act(at, 'erase', { reason });
export const restoreRecord = (at: RecordAt): Promise<unknown> => act(at, 'restore', {});
/** Undoes the change that made `version`, by a new change on the version that stands. */
export const undoChange = (at: RecordAt, version: number): Promise<ChangeWire> =>
  post<ChangeWire>(
    `${pathOf(at.collection, at.ref)}/undo`,
    { version },
    {
      ifMatch: etagOf(at.version),
      idempotencyKey: newIdempotencyKey(),
    },
  );

export const readHistory = (
  collection: string,
  ref: string,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<HistoryWire> =>
  get<HistoryWire>(`${pathOf(collection, ref)}/history`, {
    query: { cursor },
    ...signalOf(signal),
  });

/** What happened last to a record and around it. */
export const readAround = (collection: string, ref: string, signal?: AbortSignal): Promise<AroundWire> =>
  get<AroundWire>(`${pathOf(collection, ref)}/around`, signalOf(signal));

/** The rows of files that wrote a record. */
export const readRawRows = (
  collection: string,
  ref: string,
  signal?: AbortSignal,
): Promise<ListWire<RawRowWire>> =>
  get<ListWire<RawRowWire>>(`${pathOf(collection, ref)}/raw`, signalOf(signal));

/** Two versions, with what the ids in their values are called. */
export const compareVersions = (
  collection: string,
  ref: string,
  versions: { from: number; to: number },
  signal?: AbortSignal,
): Promise<ComparisonWire> =>
  get<ComparisonWire>(`${pathOf(collection, ref)}/compare`, { query: versions, ...signalOf(signal) });

export type BulkBody = {
  refs?: readonly string[];
  filter?: Readonly<Record<string, string>>;
  /** `clear` names the fields to be emptied: an empty value among `fields` is refused. */
  patch?: RecordPatch & { clear?: readonly string[] };
  transition?: string;
  archive?: true;
};
export type Refusal = { id: string; ref?: string; title?: string; reason: string };
/** What a bulk change did, or would do. `refused` and `applied` name records by id or ref; over 200 it answers with a job. */
export type BulkWire = {
  applied?: readonly string[];
  unchanged?: readonly string[];
  refused?: readonly Refusal[];
  voided?: number;
  stale?: number;
  job?: { id: string };
};
export const changeMany = (
  collection: string,
  body: BulkBody,
  options: { dryRun: boolean },
): Promise<BulkWire> =>
  post<BulkWire>(`${pathOf(collection)}/bulk`, body, {
    idempotencyKey: newIdempotencyKey(),
    query: { dryRun: options.dryRun ? true : undefined },
  });

export type SearchGroup = { kind: string; items: readonly RefWire[] };
/** The best of what was found; `total.more` where more matched than are ranked. */
export type SearchWire = { groups: readonly SearchGroup[]; total: { count: number; more: boolean } };

/** Records by words or ref, grouped by kind, the best group first. */
export const searchRecords = (query: Query, signal?: AbortSignal): Promise<SearchWire> =>
  get<SearchWire>(`${apiPath}/search`, { query, ...signalOf(signal) });
