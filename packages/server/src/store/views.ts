import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** A saved view of a register: a name for an address. No part of the management system, so changed without an entry. */
export type SavedView = {
  readonly id: string;
  readonly member: string;
  readonly collection: string;
  readonly name: string;
  /** The query string of the register, without the question mark. */
  readonly query: string;
  /** Everybody of the organisation sees it; its owner alone changes it. */
  readonly shared: boolean;
};

const columns = ['id', 'member', 'collection', 'name', 'query', 'shared'] as const;

/** Views that a member sees: their own and those shared, by name. */
export async function viewsFor(
  reader: Reader,
  member: string | null,
  collection: string | undefined,
): Promise<SavedView[]> {
  return reader.db
    .selectFrom('saved_view')
    .select(columns)
    .where('organisation', '=', reader.organisation)
    .where((eb) => eb.or([eb('shared', '=', true), ...(member === null ? [] : [eb('member', '=', member)])]))
    .$if(collection !== undefined, (query) => query.where('collection', '=', collection ?? ''))
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute();
}

export async function findView(reader: Reader, id: string): Promise<SavedView | undefined> {
  return reader.db
    .selectFrom('saved_view')
    .select(columns)
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function addView(write: Write, view: Omit<SavedView, 'id'>): Promise<SavedView> {
  const made = { id: newId(write.ctx.at.getTime()), ...view };
  await write.db
    .insertInto('saved_view')
    .values({ organisation: write.organisation, ...made, created_at: write.ctx.at })
    .execute();
  write.made(made.id);
  return made;
}

export async function changeView(write: Write, view: SavedView): Promise<void> {
  await write.db
    .updateTable('saved_view')
    .set({ name: view.name, query: view.query, shared: view.shared })
    .where('organisation', '=', write.organisation)
    .where('id', '=', view.id)
    .execute();
}

export async function removeView(write: Write, id: string): Promise<void> {
  await write.db
    .deleteFrom('saved_view')
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
}
