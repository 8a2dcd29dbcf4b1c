import type { QueryClient } from '@tanstack/react-query';
import type {
  ChangeWire,
  KindWire,
  RecordWire,
  RefWire,
  RegisterWire,
  RowWire,
} from '@throughline/domain/wire.ts';
import { Problem } from '../../api/problem.ts';
import { editRecord, type RecordPatch, readRecord, undoChange } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { announce } from '../../ui/live-region.tsx';
import { createStore } from '../../ui/store.ts';
import { notify } from '../../ui/toast.tsx';
import { type Began, type Clash, clashesOf, settledPatch, type Which } from './lost-race.ts';

/** A change of this visit, newest last: what Ctrl Z takes back. `version` is the one the change made. */
export type OwnChange = { collection: string; ref: string; version: number };
const own = createStore<readonly OwnChange[]>([]);
const remembered = 50;

export const rememberChange = (change: OwnChange): void =>
  own.set((now) => [...now.slice(1 - remembered), change]);
export const lastChange = (): OwnChange | undefined => own.get().at(-1);

/** Parts that two people changed at once: theirs stand, yours are kept until you choose. */
export type Conflict = {
  kind: KindWire;
  clashes: readonly Clash[];
  record: RecordWire;
  /** Which one stands, by part; null where nothing was decided. */
  choose: (answer: Readonly<Record<string, Which>> | null) => void;
};
export const conflicts = createStore<Conflict | null>(null);

const askWhich = (conflict: Omit<Conflict, 'choose'>): Promise<Readonly<Record<string, Which>> | null> =>
  new Promise((resolve) => {
    conflicts.set({
      ...conflict,
      choose: (answer) => {
        conflicts.set(null);
        resolve(answer);
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
  /** What was read when editing began; with it a lost race becomes a choice. */
  before?: Began;
  /** Names a record that the edit links to, where it is known. */
  chosen?: ((id: string) => RefWire | undefined) | undefined;
  /** Asked before an edit is saved on top of theirs: whether what it brings about is wanted. */
  agree?: (version: number, patch: RecordPatch) => Promise<boolean>;
};

/** What became of an edit: the change, `theirs` where all of it gave way, null where nothing was decided. */
export type Saved = ChangeWire | 'theirs' | null;

const settled = (client: QueryClient, kind: KindWire, change: ChangeWire): ChangeWire => {
  const { ref, version } = change.record;
  if (change.changed.length > 0) rememberChange({ collection: kind.collection, ref, version });
  spread(client, kind, change.record);
  return change;
};

/** Someone else was first: what only they changed stays, what both changed is chosen, the rest goes on top of theirs. */
const onTop = async (request: SaveRequest, before: Began): Promise<Saved> => {
  const { client, kind, ref, patch } = request;
  const record = await readRecord(kind.collection, ref);
  spread(client, kind, record);
  const clashes = clashesOf(kind, patch, before, record, request.chosen);
  const answer = clashes.length === 0 ? {} : await askWhich({ kind, clashes, record });
  if (answer === null) return null;
  const rest = settledPatch(kind, patch, record, answer);
  if (rest === undefined) return 'theirs';
  if ((await request.agree?.(record.version, rest)) === false) return null;
  // Lost once more while choosing: the same again, against what stands by then.
  return saveEdit({ ...request, version: record.version, patch: rest, before: contentOf(record) });
};

const contentOf = ({ fields, links }: RecordWire): Began => ({ fields, links });

/**
 * Saves an edit. Throws `Problem` for every refusal but a lost race: what was typed stays with the caller.
 */
export const saveEdit = async (request: SaveRequest): Promise<Saved> => {
  const { client, kind, ref, version, patch, before } = request;
  try {
    return settled(client, kind, await editRecord({ collection: kind.collection, ref, version }, patch));
  } catch (error) {
    const lost = error instanceof Problem && error.status === 412;
    if (!lost || before === undefined) throw error;
    return onTop(request, before);
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
    const undone = await undoChange({ collection, ref, version: record.version }, version);
    // Nobody gave an approval again by undoing what took it away.
    const lost = undone.record.approval?.status === 'void';
    notify({ text: t(lost ? 'register.undone-void' : 'register.undone', { ref }) });
  } catch (error) {
    notify({ text: t('register.undo.refused', { ref, reason: problemOf(error).message }) });
  }
  await client.invalidateQueries({
    predicate: ({ queryKey }) => ['list', 'record', 'history', 'trace'].includes(String(queryKey[0])),
  });
};
