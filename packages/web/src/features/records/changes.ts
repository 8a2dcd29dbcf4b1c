import type { QueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { ChangeWire, KindWire, RecordWire, RegisterWire, RowWire } from '@throughline/domain/wire.ts';
import { Problem } from '../../api/problem.ts';
import { editRecord, type RecordPatch, readRecord, undoChange } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { announce } from '../../ui/live-region.tsx';
import { createStore } from '../../ui/store.ts';
import { notify } from '../../ui/toast.tsx';

/** A change of this visit, newest last: what Ctrl Z takes back. `version` is the one the change made. */
export type OwnChange = { collection: string; ref: string; version: number };
const own = createStore<readonly OwnChange[]>([]);
const remembered = 50;

export const rememberChange = (change: OwnChange): void =>
  own.set((now) => [...now.slice(1 - remembered), change]);
export const forgetChanges = (): void => own.set([]);
export const lastChange = (): OwnChange | undefined => own.get().at(-1);

/** A field that two people changed at once: theirs stands, yours is kept until you choose. */
export type Conflict = {
  kind: KindWire;
  part: string;
  theirs: Json;
  yours: Json;
  record: RecordWire;
  choose: (which: 'theirs' | 'yours') => void;
};
export const conflicts = createStore<Conflict | null>(null);

const askWhich = (conflict: Omit<Conflict, 'choose'>): Promise<'theirs' | 'yours'> =>
  new Promise((resolve) => {
    conflicts.set({
      ...conflict,
      choose: (which) => {
        conflicts.set(null);
        resolve(which);
      },
    });
  });

/** The row of a register that a record's answer amounts to. */
export const rowOf = (record: RecordWire, before: RowWire): RowWire => ({
  ...before,
  title: record.title,
  state: record.state,
  version: record.version,
  fields: record.fields,
  links: record.links,
  updatedAt: record.updatedAt,
  ...(record.approval === null ? {} : { approval: record.approval.status }),
  ...(record.line === undefined ? {} : { line: record.line }),
});

type Pages = { pages: readonly RegisterWire[]; pageParams: readonly unknown[] };
const isPages = (data: unknown): data is Pages =>
  typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages);

/** Puts a record's new content into every register that is on screen, without asking for their rows again. */
export const spread = (client: QueryClient, kind: KindWire, record: RecordWire): void => {
  client.setQueriesData({ queryKey: ['list', kind.name] }, (data: unknown) => {
    if (!isPages(data)) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((row) => (row.id === record.id ? rowOf(record, row) : row)),
    }));
    return { ...data, pages };
  });
  client.setQueryData(['record', record.ref, ''], record);
  void client.invalidateQueries({ queryKey: ['history', record.ref] });
  void client.invalidateQueries({ queryKey: ['trace'] });
};

export type SaveRequest = {
  client: QueryClient;
  kind: KindWire;
  ref: string;
  version: number;
  patch: RecordPatch;
  /** The one field that is being changed; with it a lost race becomes a choice. */
  part?: string;
  /** Its value when editing began: where theirs is still that, only something else changed. */
  before?: Json;
};

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const settled = (client: QueryClient, kind: KindWire, change: ChangeWire): ChangeWire => {
  const { ref, version } = change.record;
  if (change.changed.length > 0) rememberChange({ collection: kind.collection, ref, version });
  spread(client, kind, change.record);
  return change;
};

/**
 * Saves an edit. Answers what it did, or null where the person kept what somebody else wrote in between.
 * Throws `Problem` for every other refusal: what was typed stays with the caller.
 */
export const saveEdit = async (request: SaveRequest): Promise<ChangeWire | null> => {
  const { client, kind, ref, version, patch, part } = request;
  const at = { collection: kind.collection, ref, version };
  try {
    return settled(client, kind, await editRecord(at, patch));
  } catch (error) {
    const lost = error instanceof Problem && error.status === 412;
    if (!lost || part === undefined) throw error;
    const record = await readRecord(kind.collection, ref);
    const theirs = record.fields[part] ?? null;
    const yours = patch.fields?.[part] ?? null;
    spread(client, kind, record);
    if (same(theirs, yours)) return null;
    // Where they changed something else, there is nothing to choose: the edit goes on top of theirs.
    const mine = same(theirs, request.before)
      ? 'yours'
      : await askWhich({ kind, part, theirs, yours, record });
    if (mine === 'theirs') return null;
    return settled(client, kind, await editRecord({ ...at, version: record.version }, patch));
  }
};

/** Takes back the newest change of this visit, by a new change that is logged like any other. */
export const undoLast = async (client: QueryClient): Promise<void> => {
  const change = lastChange();
  if (change === undefined) return announce(t('register.undo.none'));
  const { collection, ref, version } = change;
  own.set((now) => now.slice(0, -1));
  try {
    const record = await readRecord(collection, ref);
    await undoChange({ collection, ref, version: record.version }, version);
    notify({ text: t('register.undone', { ref }) });
  } catch (error) {
    notify({ text: t('register.undo.refused', { ref, reason: problemOf(error).message }) });
  }
  await client.invalidateQueries({
    predicate: ({ queryKey }) => ['list', 'record', 'history', 'trace'].includes(String(queryKey[0])),
  });
};
