/**
 * What schema 1 of a kind keeps, as words parted by blanks. Content of this shape stands in databases, revisions and
 * logs: a declaration may add to it; what takes away from it needs a new schema number and an upcast.
 */
export type Shape = {
  readonly ref: string;
  readonly collection: string;
  readonly regime: string;
  /** Fields and relations without which no record is made. */
  readonly required: string;
  /** Fields that are worked out. */
  readonly derived: string;
  /** In order: the position is the column of the database. */
  readonly slots: string;
  /** Parts whose change is significant. */
  readonly material: string;
  readonly drawsOn: string;
  /** Roles that may approve; none where the kind is not approved. */
  readonly approvers: string;
  /** Type → fields of this type. */
  readonly fields: Readonly<Record<string, string>>;
  /** Field of rows → its columns with their types. */
  readonly rows: Readonly<Record<string, string>>;
  /** Relation → type, one or many, kinds at the other end. */
  readonly relations: Readonly<Record<string, string>>;
};
