import { actorRef } from '@throughline/domain/actor.ts';
import type { ApprovalAct, Basis } from '@throughline/domain/approvals.ts';
import { type EntryBody, maxEntryBytes, type RecordAct } from '@throughline/domain/entry.ts';
import type { ErasureReason } from '@throughline/domain/erasure.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { type Batch, emptyBatch, emptyLate, isIdle, type Late } from './batch.ts';
import { approvalContent } from './bound.ts';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import { canonicalBytes, newSalt, revisionDigest } from './digest.ts';
import { changesFacts, subjectOf } from './entry-facts.ts';
import { allOf, flush, flushLate, numbersFor } from './flush.ts';
import { isUuid, newId } from './ids.ts';
import { type TakeNumbers, takeInside } from './numbers.ts';
import { keepForLast } from './parties.ts';
import { pruned } from './prune.ts';
import { Reader, type View } from './reader.ts';
import { hex, linkRows, recordFacts, recordRow, revisionRow } from './record-row.ts';
import { appRole, roleOf } from './roles.ts';
import { recordColumns, type StoredRecord, storedRecord } from './stored-record.ts';

export type NewRecord = {
  readonly kind: Kind;
  readonly content: Content;
  readonly state?: string;
  /** Home system of the record it belongs to; worked out by the caller from the `within` link. */
  readonly system: string | null;
  readonly id?: string;
  readonly external?: readonly { readonly source: string; readonly key: string }[];
  readonly import?: string;
};

/** A record read for update: nobody else changes it until this change ends. */
export type LockedRecord = StoredRecord & { readonly salt: Buffer };

/**
 * The handle of one change. What it is asked to write is gathered and written at the end in one statement, revision
 * and log entry together, so a change without an entry cannot be said. It lives only inside `store.change`.
 */
export class Write extends Reader {
  readonly ctx: Context;
  /** The connection as it is: what is written again must be whole, also what the writer may not see of it. */
  readonly #whole: Connection;
  #batch: Batch = emptyBatch();
  readonly #late: Late = emptyLate();
  /** For whom a deputy acts on a record. */
  readonly #behalf = new Map<string, string>();
  #subject: string | null = null;
  readonly #erased = new Set<string>();
  #logged = false;
  #take: TakeNumbers | undefined;

  constructor(connection: Connection, ctx: Context, registry: Registry, view: View = 'whole') {
    const through = view === 'scoped' ? pruned(connection, ctx.organisation) : connection;
    super(through, ctx.organisation, registry, view);
    this.#whole = connection;
    this.ctx = ctx;
  }

  /** Id of the first thing that the change wrote an entry about, or what `made` named: from it the answer of a repeated request is rebuilt. */
  get subject(): string | null {
    return this.#subject;
  }

  /** Lets numbers be handed out apart from the change: entries then name them. Without it they fall with the change, as in a dry run. */
  numberedBy(take: TakeNumbers): void {
    this.#take = take;
  }

  /** Whether the change wrote an entry. What only keeps what was computed writes none. */
  get logged(): boolean {
    return this.#logged;
  }

  /** Names what the change made where its first entry does not say it: a saved view, a job, many records. Ids, never content. */
  made(id: string): void {
    this.#subject = id;
  }

  /** Says that what this change does to a record is done in the place of somebody away; `null` for one's own right. */
  actFor(record: string, member: string | null): void {
    if (member !== null) this.#behalf.set(record, member);
  }

  /** Reads records for update, in the order of their ids so that two changes cannot wait for each other. Missing ids are left out. */
  async lock(ids: readonly string[]): Promise<Map<string, LockedRecord>> {
    if (ids.length === 0) return new Map();
    this.mustBeOpen();
    const rows = await this.#whole.db
      .selectFrom('record')
      .select(recordColumns)
      .where('organisation', '=', this.organisation)
      .where('id', 'in', [...new Set(ids)].sort())
      .orderBy('id')
      .forUpdate()
      .execute();
    const salts = await this.run<{ record: string; salt: Buffer | null }>({
      name: 'salts',
      text: `select v.record, v.salt from revision v join record r on r.organisation = v.organisation and r.id = v.record and r.version = v.version
        where v.organisation = $1 and v.record = any($2::uuid[])`,
      values: [this.organisation, rows.map((row) => row.id)],
    });
    const saltOf = new Map(salts.map((row) => [row.record, row.salt]));
    for (const row of salts) if (row.salt === null) this.#erased.add(row.record);
    return new Map(
      rows.map((row) => [row.id, { ...storedRecord(row), salt: saltOf.get(row.id) ?? newSalt() }]),
    );
  }

  /** What was erased says nothing again: no version follows, and nothing is said on it. @throws DomainError `conflict` */
  refuseErased(record: string): void {
    if (this.#erased.has(record))
      throw new DomainError('conflict', 'What this record said was erased. It cannot be changed any more.');
  }

  create(record: NewRecord): LockedRecord {
    const { kind, content } = record;
    const salt = newSalt();
    const at = this.ctx.at;
    const id = record.id ?? newId(at.getTime());
    const made: LockedRecord = {
      ...recordFacts(
        kind,
        content,
        record.state ?? kind.lifecycle.initial,
        kind.name === 'system' ? id : record.system,
      ),
      id,
      number: 0,
      version: 1,
      digest: revisionDigest(salt, { kind: kind.name, schema: kind.schema, ...content }),
      inForce: null,
      materialAt: at,
      createdAt: at,
      updatedAt: at,
      archivedAt: null,
      salt,
    };
    this.mustBeOpen();
    this.#batch.created.set(made.id, recordRow(kind, made, record.import ?? null));
    this.#revise(
      'record.created',
      kind,
      made,
      [...Object.keys(content.fields), ...Object.keys(content.links)],
      kind.material.length > 0,
    );
    this.#relink(kind, made.id, content);
    for (const external of record.external ?? [])
      this.#batch.externals.push({ ...external, record: made.id });
    return made;
  }

  /** Writes new content. `system` is the home it has now; when it moved, what belongs to it moves along. */
  edit(
    before: LockedRecord,
    next: Content,
    facts: { changed: readonly string[]; material: boolean; system: string | null },
  ): LockedRecord {
    const kind = this.registry.get(before.kind);
    const salt = newSalt();
    const after: LockedRecord = {
      ...before,
      ...recordFacts(kind, next, before.state, kind.name === 'system' ? before.id : facts.system),
      version: before.version + 1,
      digest: revisionDigest(salt, { kind: kind.name, schema: kind.schema, ...next }),
      materialAt: facts.material ? this.ctx.at : before.materialAt,
      updatedAt: this.ctx.at,
      salt,
    };
    this.#update(kind, after);
    this.#revise('record.edited', kind, after, facts.changed, facts.material);
    this.#relink(kind, after.id, next);
    if (before.system !== after.system) {
      this.#late.rehomed.push({ record: after.id, system: after.system });
      this.touch(before);
    }
    return after;
  }

  /** Another state, the same content: the digest stays, so approvals of this content stay. */
  move(before: LockedRecord, state: string): LockedRecord {
    return this.#turn('record.moved', before, { state });
  }

  archive(before: LockedRecord): LockedRecord {
    return this.#turn('record.archived', before, { archivedAt: this.ctx.at });
  }

  restore(before: LockedRecord): LockedRecord {
    return this.#turn('record.restored', before, { archivedAt: null });
  }

  /** Says in the log that the content of a record was erased. Its versions stay, without what they said. */
  erased(record: LockedRecord, reason: ErasureReason): void {
    this.#erased.add(record.id);
    const { id, kind, version, state } = record;
    this.log({ act: 'record.erased', record: id, kind, version, state, reason });
  }

  /** Adds an approval act on exactly the version given, with its entry; answers the act's id. */
  approval(
    record: StoredRecord,
    act: ApprovalAct,
    facts: {
      version: number;
      digest: Buffer;
      basis?: readonly Basis[];
      frozen?: { readonly waived: readonly string[]; readonly waiver: string | null };
      reason?: string | null;
      onBehalfOf?: string | null;
    },
  ): string {
    const id = newId(this.ctx.at.getTime());
    const digest = facts.digest.toString('hex');
    const by = actorRef(this.ctx.actor);
    const said = {
      basis: facts.basis ?? [],
      frozen: facts.frozen ?? null,
      reason: facts.reason ?? null,
    };
    const onBehalfOf = facts.onBehalfOf ?? this.#behalf.get(record.id) ?? null;
    this.actFor(record.id, onBehalfOf);
    const salt = newSalt();
    const entry = this.log({
      act: `approval.${act}`,
      record: record.id,
      kind: record.kind,
      version: facts.version,
      digest,
      approval: id,
      content: approvalContent(salt, { ...said, by, onBehalfOf }),
      ...(facts.frozen?.waiver ? { waiver: facts.frozen.waiver } : {}),
    });
    this.#batch.approvals.push({
      id,
      record: record.id,
      version: facts.version,
      digest: hex(facts.digest),
      act,
      ...said,
      by_type: by.type,
      by_id: by.id,
      on_behalf_of: onBehalfOf,
      entry,
      salt: hex(salt),
    });
    if (act === 'withdraw' || act === 'void') this.#late.forced.set(record.id, null);
    else if (act !== 'submit' && act !== 'reject') this.#late.forced.set(record.id, facts.version);
    this.touch(record);
    return id;
  }

  /** Writes an entry for what is no record; answers its id. */
  log(body: EntryBody): string {
    this.mustBeOpen();
    const id = newId(this.ctx.at.getTime());
    const behalf = 'record' in body ? this.#behalf.get(body.record) : undefined;
    const onBehalfOf = behalf ?? this.ctx.onBehalfOf;
    const said = {
      ...body,
      ...(onBehalfOf ? { onBehalfOf } : {}),
      v: 1,
      id,
      organisation: this.organisation,
      actor: actorRef(this.ctx.actor),
      at: this.ctx.at.toISOString(),
      because: this.ctx.because && isUuid(this.ctx.because) ? this.ctx.because : null,
      request: this.ctx.request,
    };
    const bytes = canonicalBytes(said);
    if (bytes.length > maxEntryBytes)
      throw new DomainError('too-large', 'The change is too large for one entry of the log.');
    if (changesFacts(body.act)) this.#batch.facts = true;
    this.#subject ??= subjectOf(body);
    this.#logged = true;
    const record = 'record' in body ? body.record : null;
    const entry = { id, act: body.act, record, body: hex(bytes) };
    this.#batch.entries.push(entry);
    if (body.act === 'record.created') this.#batch.births.set(body.record, { entry, said });
    return id;
  }

  /** Says that the standing of what the record belongs to, or of what uses it, may turn. */
  touch(record: Pick<StoredRecord, 'id' | 'system'> & { readonly kind?: string }): void {
    if (this.registry.isSealed(record.kind ?? '')) return;
    this.#batch.used.add(record.id);
    if (record.system) this.#batch.homes.add(record.system);
    else this.#batch.shared.add(record.id);
  }

  /**
   * Writes what was gathered so far, in the same transaction: for a change with more rows than one statement carries.
   * New records themselves are written at the end all the same.
   */
  async spill(): Promise<void> {
    if (this.#take) await this.#number(this.#take);
    await this.#send();
    if (this.view !== 'whole') await this.#actAs(roleOf[this.view]);
  }

  /**
   * Sends all that is left, the last of the change; see `flushLate` for what it answers. Without `take`, numbers are taken
   * in the change's own transaction and fall with it.
   */
  async finish(): Promise<Awaited<ReturnType<typeof flushLate>>> {
    const take = this.#take;
    if (take) await this.#number(take);
    const sent = this.#send();
    const inside: TakeNumbers = (wanted) =>
      takeInside((statement) => this.run(statement), this.organisation, wanted);
    return flushLate(this, this.#late, { sent, take: take ?? inside });
  }

  /** Takes the numbers of what is new so far, and names each in the entry of its creation. */
  async #number(take: TakeNumbers): Promise<void> {
    this.mustBeOpen();
    const { created, births } = this.#batch;
    const numbers = await numbersFor([...created.values()], take);
    for (const [record, number] of numbers) {
      this.#late.numbers.set(record, number);
      const birth = births.get(record);
      if (birth) birth.entry.body = hex(canonicalBytes({ ...birth.said, number }));
    }
  }

  #send(): Promise<unknown> {
    this.mustBeOpen();
    const batch = this.#batch;
    this.#batch = emptyBatch();
    const entries = new Set(batch.entries.map((entry) => entry.id));
    const bare = [...batch.revisions, ...batch.approvals].filter((row) => !entries.has(row.entry));
    if (bare.length > 0) throw new Error(`${bare.length} rows would be written without their log entry`);
    keepForLast(this.registry, batch, this.#late);
    // What somebody writes need not be theirs to read: a concern is closed to whoever raised it for others.
    const raised = this.view === 'whole' || isIdle(batch, this.#late) ? undefined : this.#actAs(appRole);
    return allOf([raised, flush(this, batch)]);
  }

  async #actAs(role: string): Promise<void> {
    await this.#whole.run({ name: `act-as-${role}`, text: `set local role ${role}`, values: [] });
  }

  #turn(
    act: RecordAct,
    before: LockedRecord,
    change: { state?: string; archivedAt?: Date | null },
  ): LockedRecord {
    const kind = this.registry.get(before.kind);
    const after: LockedRecord = { ...before, ...change, version: before.version + 1, updatedAt: this.ctx.at };
    this.#update(kind, after);
    this.#revise(act, kind, after, [], false);
    return after;
  }

  /** A record may be written again in one change; the last row stands, while each revision is kept. */
  #update(kind: Kind, record: LockedRecord): void {
    this.mustBeOpen();
    this.refuseErased(record.id);
    const row = recordRow(kind, record, null);
    const fresh = this.#batch.created.get(record.id);
    if (fresh) {
      this.#batch.created.set(record.id, { ...row, import: fresh.import });
      return;
    }
    // A new record that spilled stands in its words already; its row is still to come.
    const late = this.#late.created.get(record.id);
    if (late) this.#late.created.set(record.id, { ...row, import: late.import });
    this.#batch.updated.set(record.id, row);
  }

  #revise(
    act: RecordAct,
    kind: Kind,
    record: LockedRecord,
    changed: readonly string[],
    material: boolean,
  ): void {
    const entry = this.log({
      act,
      record: record.id,
      kind: kind.name,
      version: record.version,
      digest: record.digest.toString('hex'),
      state: record.state,
      ...(changed.length > 0 ? { changed } : {}),
      ...(material ? { material } : {}),
    });
    const onBehalfOf = this.#behalf.get(record.id) ?? null;
    const row = revisionRow(kind, record, { act, changed, material, entry, onBehalfOf });
    this.#batch.revisions.push(row);
    this.touch(record);
  }

  #relink(kind: Kind, id: string, content: Content): void {
    this.#batch.relinked.set(id, linkRows(kind, id, content));
  }
}
