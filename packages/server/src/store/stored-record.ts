import type { Json } from '@throughline/domain/json.ts';
import type { Selectable } from 'kysely';
import type { FieldsColumn, LinksColumn, RecordTable } from './tables.ts';

/** A record as the store gives it: content, state and the facts around it. */
export type StoredRecord = {
  readonly id: string;
  readonly kind: string;
  /** 0 while the change that creates it has not ended: numbers are taken last. */
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly owner: string | null;
  readonly assignee: string | null;
  /** Home system. */
  readonly system: string | null;
  readonly version: number;
  readonly schema: number;
  readonly content: { readonly fields: Readonly<Record<string, Json>>; readonly links: LinksColumn };
  readonly digest: Buffer;
  /** Version approved and in force; `null` when none is. */
  readonly inForce: number | null;
  readonly materialAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
};

export type RecordRow = Pick<
  Selectable<RecordTable>,
  | 'id'
  | 'kind'
  | 'number'
  | 'title'
  | 'state'
  | 'owner'
  | 'assignee'
  | 'system'
  | 'version'
  | 'schema'
  | 'digest'
  | 'in_force'
  | 'material_at'
  | 'created_at'
  | 'updated_at'
  | 'archived_at'
> & { fields: FieldsColumn; links: LinksColumn };

export const recordColumns = [
  'id',
  'kind',
  'number',
  'title',
  'state',
  'owner',
  'assignee',
  'system',
  'version',
  'schema',
  'fields',
  'links',
  'digest',
  'in_force',
  'material_at',
  'created_at',
  'updated_at',
  'archived_at',
] as const;

export function storedRecord(row: RecordRow): StoredRecord {
  return {
    id: row.id,
    kind: row.kind,
    number: row.number,
    title: row.title,
    state: row.state,
    owner: row.owner,
    assignee: row.assignee,
    system: row.system,
    version: row.version,
    schema: row.schema,
    content: { fields: row.fields, links: row.links },
    digest: row.digest,
    inForce: row.in_force,
    materialAt: row.material_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  };
}
