import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { createRecord } from '../src/records/create-record.ts';
import { editRecord } from '../src/records/edit-record.ts';
import type { Context } from '../src/store/context.ts';
import type { StoredRecord } from '../src/store/stored-record.ts';
import type { TestKernel } from './kernel.ts';

export type Person = Actor & { type: 'person' };

/** What people do in one organisation, each act a second after the one before, however fast the test runs. */
export type Moments = {
  readonly organisation: string;
  readonly author: Person;
  readonly other: Person;
  next(actor: Actor): Context;
  make(kind: string, patch: Patch): Promise<StoredRecord>;
  edit(actor: Actor, record: StoredRecord, patch: Patch): ReturnType<typeof editRecord>;
};

/** A new organisation with two people who may do nearly everything, of whom the author makes the records. */
export async function twoAtWork(kernel: TestKernel): Promise<Moments> {
  const organisation = await kernel.organisation();
  const author = await kernel.member(organisation, ['aims-manager'], 'AIMS manager');
  const other = await kernel.member(organisation, ['aims-manager'], 'Head of claims');
  let moment = Date.now();
  const next = (actor: Actor) => {
    moment += 1000;
    return kernel.context(organisation, actor, new Date(moment));
  };
  return {
    organisation,
    author,
    other,
    next,
    make: (kind, patch) => createRecord(kernel.services, next(author), registry.get(kind), { patch }),
    edit: (actor, { id, kind }, patch) =>
      editRecord(kernel.services, next(actor), registry.get(kind), { ref: id, patch, version: null }),
  };
}
