import type { Actor } from '@throughline/domain/actor.ts';
import { addDays } from '@throughline/domain/day.ts';
import type { Json } from '@throughline/domain/json.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { criteriaRows } from '@throughline/domain/kinds/gate-rows.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createRecord } from '../src/records/create-record.ts';
import { decideApproval, type PersonalAct } from '../src/records/decide-approval.ts';
import { editRecord } from '../src/records/edit-record.ts';
import { takeCriteriaInside } from '../src/records/gate-criteria.ts';
import { type RecordView, readRecord } from '../src/records/read-record.ts';
import { transitionRecord } from '../src/records/transition-record.ts';
import { type AuthorityGrant, setAuthority } from '../src/store/authority.ts';
import type { Context } from '../src/store/context.ts';
import { addWaiver } from '../src/store/duty-waivers.ts';
import type { StoredRecord } from '../src/store/stored-record.ts';
import { type TestKernel, testKernel } from './kernel.ts';
import { wholePolicy } from './whole.ts';

export type Person = Actor & { type: 'person' };

export const kindOf = (name: string): Kind => registry.get(name);

/** What one test has: an organisation of its own with three who may do nearly everything, and what they do. */
export class Team {
  readonly kernel: TestKernel;
  readonly organisation: string;
  readonly author: Person;
  readonly other: Person;
  readonly third: Person;
  /** Moments of a test follow each other, however fast it runs. */
  #moment = Date.now();

  constructor(kernel: TestKernel, organisation: string, people: readonly [Person, Person, Person]) {
    this.kernel = kernel;
    this.organisation = organisation;
    [this.author, this.other, this.third] = people;
  }

  readonly person = (...roles: Role[]): Promise<Person> => this.kernel.member(this.organisation, roles);

  readonly next = (actor: Actor): Context => {
    this.#moment += 1000;
    return this.kernel.context(this.organisation, actor, new Date(this.#moment));
  };
  readonly make = (actor: Actor, kind: Kind, patch: Patch): Promise<StoredRecord> =>
    createRecord(this.kernel.services, this.next(actor), kind, { patch });
  readonly edit = (actor: Actor, kind: Kind, record: StoredRecord, patch: Patch) =>
    editRecord(this.kernel.services, this.next(actor), kind, { ref: record.id, patch, version: null });
  readonly step = (
    actor: Actor,
    kind: Kind,
    record: Pick<StoredRecord, 'id'>,
    transition: string,
    fields?: Readonly<Record<string, Json>>,
  ) =>
    transitionRecord(this.kernel.services, this.next(actor), kind, {
      ref: record.id,
      version: null,
      transition,
      ...(fields ? { patch: { fields } } : {}),
    });
  readonly view = (kind: Kind, record: StoredRecord): Promise<RecordView> =>
    readRecord(this.kernel.services, {
      organisation: this.organisation,
      actor: this.author,
      kind,
      ref: record.id,
    });
  readonly aPolicy = (by: Actor = this.author): Promise<StoredRecord> =>
    this.make(by, kindOf('document'), { fields: { name: 'AI policy', ...wholePolicy } });

  /** A gate with its criteria from the line, each with an answer. */
  readonly answered = async ({ id }: StoredRecord): Promise<StoredRecord> => {
    const { services } = this.kernel;
    const taken = await services.store.change(this.next(this.third), async (write) => {
      const held = (await write.lock([id])).get(id);
      if (!held) throw new RangeError(id);
      return takeCriteriaInside(services, write, held);
    });
    const criteria = criteriaRows(taken.content.fields).map((row) => {
      if (row.answer !== undefined) return row;
      return row.finding === 'not-met'
        ? {
            ...{ ...row, answer: 'not-met', answerToMiss: 'It is seen to' },
            ...{
              missOwner: this.third.member,
              missBy: addDays(services.clock().toISOString().slice(0, 10), 60),
            },
          }
        : { ...row, answer: 'met', checked: 'Talked through' };
    });
    return (await this.edit(this.third, kindOf('gate'), taken, { fields: { criteria } })).record;
  };

  /** An act on the record as it stands now. */
  readonly act = async (
    actor: Actor,
    kind: Kind,
    record: StoredRecord,
    what: PersonalAct,
    reason = 'Somebody said why',
  ): Promise<void> => {
    const { record: now } = await this.view(kind, record);
    const seen = { version: now.version, digest: now.digest.toString('hex') };
    const input = { ref: record.id, act: what, ...seen, reason };
    await decideApproval(this.kernel.services, this.next(actor), kind, input);
  };

  /** Lets authors approve, to a day. */
  readonly waive = (lastDay = '2999-12-31'): Promise<string> =>
    this.kernel.store.change(this.next(this.third), (write) =>
      addWaiver(write, { reason: 'There are three of us', by: this.third.member, onBehalfOf: null, lastDay }),
    );

  /** Puts rows of the table of authority in force, each for the highest level unless it says another. */
  readonly authorise = (
    ...grants: readonly (Pick<AuthorityGrant, 'dimension'> & Partial<AuthorityGrant>)[]
  ): Promise<void> => {
    const nobody = { member: null, role: null, delegate: null, until: null };
    const rows = grants.map((grant) => ({ level: 'severe', ...nobody, ...grant }));
    return this.kernel.store.change(this.next(this.third), (write) =>
      setAuthority(write, rows, '2026-01-01'),
    );
  };
}

/** A team for each test of a file, on one database: `us()` is the one of the test that runs. */
export function colleagues(): () => Team {
  let kernel: TestKernel | undefined;
  let team: Team | undefined;
  beforeAll(async () => {
    kernel = await testKernel();
  });
  afterAll(() => kernel?.close());
  beforeEach(async () => {
    if (!kernel) throw new Error('The database was not made');
    const organisation = await kernel.organisation();
    const manager = () => testMember(kernel, organisation);
    team = new Team(kernel, organisation, [await manager(), await manager(), await manager()]);
  });
  return () => {
    if (!team) throw new Error('There is a team within a test alone');
    return team;
  };
}

function testMember(kernel: TestKernel | undefined, organisation: string): Promise<Person> {
  if (!kernel) throw new Error('The database was not made');
  return kernel.member(organisation, ['aims-manager']);
}

/** What is said to whoever is refused. */
export const said = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'allowed',
    (error: Error) => error.message,
  );

/** The code of a refusal. */
export const refused = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => 'allowed',
    (error: { code?: string }) => error.code,
  );
