import { randomUUID } from 'node:crypto';
import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { can, type RecordFacts, recordActs, roles } from '@throughline/domain/permissions.ts';
import { identifySession } from '@throughline/server/features/sign-in/identify.ts';
import { createRecord } from '@throughline/server/records/create-record.ts';
import { editRecord } from '@throughline/server/records/edit-record.ts';
import { listPage } from '@throughline/server/records/list-records.ts';
import { readRecord } from '@throughline/server/records/read-record.ts';
import { actorOf, contextOf, refOf, secondOrganisation } from '../acting.ts';
import { withCpu } from '../cpu.ts';
import { joined } from '../founding.ts';
import { type Measure, type Result, single, timed } from '../result.ts';
import { sample } from '../sample.ts';
import { sessionOf } from '../session.ts';
import type { World } from '../world.ts';

/** Who may: the decision itself, the check of a session before it, and what is read of one's own. */
export const access: Measure = {
  name: 'access',
  run: async (world, { quick }) => {
    const owner = await systemOwner(world);
    return [
      decisions(world, owner.member),
      await sessionChecks(world, owner.member, quick ? 2_000 : 20_000),
      ...(await ownList(world, owner, quick)),
      ...(await hiddenAndMissing(world, quick ? 100 : 1_000)),
    ];
  },
};

type Owner = Actor & { type: 'person' };

/** A member who answers for ten systems and some two hundred further items of evidence, all over the register. */
async function systemOwner(world: World): Promise<Owner> {
  const { store, registry } = world.services;
  const member = await joined(store, world.organisation, { name: 'System owner', roles: ['system-owner'] });
  for (const [name, many] of [
    ['system', 10],
    ['evidence', 200],
  ] as const) {
    const { rows } = await store.owner.query<{ id: string }>(
      `select id from (select id, row_number() over (order by id) as place, count(*) over () as every from record
        where organisation = $1 and kind = $2) r where place % greatest(every / $3, 1) = 0 limit $3`,
      [world.organisation, name, many],
    );
    for (const { id } of rows)
      await editRecord(world.services, contextOf(world), registry.get(name), {
        ref: (await refOf(world, id))[0],
        patch: { fields: { owner: member } },
        version: null,
      });
  }
  return { type: 'person', member, roles: ['system-owner'] };
}

/** Every role, kind and act in turn, on records of one's own and of others. In microseconds, a thousand at a time. */
function decisions({ services: { registry } }: World, member: string): Result {
  const questions = roles.flatMap((role) =>
    registry.kinds.flatMap(({ name: kind }) =>
      recordActs.flatMap((act) =>
        [member, 'another'].map((owner) => {
          const actor: Actor = { type: 'person', member, roles: [role] };
          const facts: RecordFacts = { kind, owner, systemOwner: null, assignee: null };
          return { actor, act, facts };
        }),
      ),
    ),
  );
  let at = 0;
  let granted = 0;
  const batch = () => {
    const began = performance.now();
    for (let n = 0; n < 1_000; n += 1) {
      const question = questions[at % questions.length];
      if (question && can(question.actor, question.act, question.facts)) granted += 1;
      at += 1;
    }
    return performance.now() - began;
  };
  // Not counted: what is compiled at first.
  for (let n = 0; n < 50; n += 1) batch();
  const each = Array.from({ length: 300 }, batch).sort((a, b) => a - b);
  const note = `${questions.length} questions in turn, ${Math.round((100 * granted) / at)} % granted`;
  return single(
    { name: 'decision, slowest thousand of 300', concurrency: 1, target: { of: 'max', atMost: 20 }, note },
    'µs',
    each.at(-1) ?? Number.NaN,
  );
}

/** What every request asks first, in one statement: whom the session's token stands for, and what they may. */
async function sessionChecks(world: World, member: string, rounds: number): Promise<Result> {
  const { services } = world;
  const text = await sessionOf(world, member);
  const connections = 10;
  const began = performance.now();
  const { taken, note } = await withCpu(world, () =>
    sample({ connections, rounds, warmUp: 200 }, async () => {
      if ((await identifySession(services, text)) === null) throw new Error('The session is not known');
    }),
  );
  const rate = taken.rounds / ((performance.now() - began) / 1000);
  const failed = taken.failures[0] ? `; ${taken.failures.length} failed: ${taken.failures[0]}` : '';
  const target = { of: 'max', atLeast: 5_000 } as const;
  const named = { name: 'sessions checked', concurrency: connections, target, note: `${note}${failed}` };
  return single(named, 'per s', taken.failures.length > 0 ? 0 : rate);
}

/** `mine=true` of somebody who owns little: by ownership, by the systems they answer for, and by what they were given. */
async function ownList(world: World, actor: Owner, quick: boolean): Promise<Result[]> {
  const kind = world.services.registry.get('evidence');
  const request = { organisation: world.organisation, actor, kind, query: { mine: 'true', limit: '50' } };
  const results: Result[] = [];
  for (const connections of [1, 10]) {
    const { taken, note } = await withCpu(world, () =>
      sample({ connections, rounds: quick ? 100 : 400, limitMs: 15_000 }, () =>
        listPage(world.services, request),
      ),
    );
    const target = connections === 10 ? ({ of: 'p95', atMost: 20 } as const) : null;
    results.push(
      timed({ name: '50 of one’s own evidence items', concurrency: connections, target, note }, taken),
    );
  }
  return results;
}

/** A record of another organisation and one that never was, in alternation: neither answer nor time may tell them apart. */
async function hiddenAndMissing(world: World, rounds: number): Promise<Result[]> {
  const { services } = world;
  const kind = services.registry.get('system');
  const other = await secondOrganisation(world);
  const hidden = await createRecord(services, other, kind, { patch: { fields: { name: 'Triage' } } });
  const asked = { organisation: world.organisation, actor: actorOf(world), kind };
  const refused = async (ref: string) => {
    const answer = await readRecord(services, { ...asked, ref }).catch((error: unknown) => error);
    if (!(answer instanceof DomainError && answer.code === 'not-found'))
      throw new Error('It was read, or refused in other words');
  };
  const taken = { hidden: [] as number[], missing: [] as number[] };
  const failures: string[] = [];
  for (let round = 0; round < rounds * 2; round += 1) {
    const which = round % 2 === 0 ? 'hidden' : 'missing';
    const began = performance.now();
    await refused(which === 'hidden' ? hidden.id : randomUUID()).catch((error: unknown) =>
      failures.push(String(error)),
    );
    if (round > 100) taken[which].push(performance.now() - began);
  }
  const note = 'in alternation: neither answer nor time tells them apart';
  return (['hidden', 'missing'] as const).map((which) => {
    const name =
      which === 'hidden' ? 'record of another organisation refused' : 'record that never was refused';
    return timed({ name, concurrency: 1, note }, { sorted: taken[which].sort((a, b) => a - b), failures });
  });
}
