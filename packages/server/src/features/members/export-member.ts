import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import { notInPlace } from '@throughline/domain/kind-words.ts';
import { administersInOwnRight, canAdminister, whoAdministers } from '@throughline/domain/permissions.ts';
import { rolesInWords } from '@throughline/domain/role-words.ts';
import { whoAdministersHere } from '../../records/who-could.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { factorsOf } from '../../store/factors.ts';
import { askForJob, findJob, type StoredJob } from '../../store/jobs.ts';
import { findMember, memberAddresses } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { accountOf, membershipsOf } from '../../store/people.ts';
import { personPart, personParts } from '../../store/person-data.ts';
import {
  keepPersonExport,
  personExport,
  personExportJob,
  personExportMs,
} from '../../store/person-exports.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A session that asks. `own`: whoever holds it showed something of their own, beside the word of a provider. */
type Session = { readonly person: string; readonly member: string; readonly own: boolean };

/**
 * Asks for everything that the organisation holds about one person, in one document: put together in the background,
 * and fetched for a day by whoever asked. A person asks for their own, which names their account too once they showed
 * something of their own; whoever administers people for anybody's. Answers the job.
 */
export async function askForExport(
  services: Services,
  ctx: Context,
  id: string,
  session: Session | null,
): Promise<StoredJob> {
  const asked = { organisation: ctx.organisation, actor: ctx.actor };
  await services.store.read(asked, (reader) => ensureMayTake(reader, ctx.actor, id, ctx.at));
  const person = session?.own && session.member === id ? session.person : null;
  return services.store.change(ctx, async (write) => {
    const job = await findJob(write, await askForJob(write, personExportJob, { member: id, person }));
    if (!job) throw new Error('A job that was asked for is not there');
    write.made(job.id);
    return job;
  });
}

/** The work of it: a part at a time, so that the largest one bounds what is held in memory; progress by parts. */
export async function makeExport(
  services: Services,
  input: Json,
  tools: {
    readonly ctx: Context;
    progress(done: number, total: number | null, message: string): Promise<void>;
  },
): Promise<Json> {
  if (!isObject(input) || typeof input.member !== 'string')
    throw new TypeError('What is held about a person is asked for by their id');
  const { member } = input;
  const { ctx } = tools;
  const { store, clock } = services;
  const job = ctx.because ?? '';
  const asked = { organisation: ctx.organisation, actor: ctx.actor };
  const read = await store.read(asked, async (reader) => {
    await ensureMayTake(reader, ctx.actor, member, ctx.at);
    const email = (await memberAddresses(reader)).get(member)?.email ?? null;
    return { email, settings: await organisationSettings(reader) };
  });
  const person = ctx.actor.type === 'person' && ctx.actor.member === member ? input.person : null;
  const own = typeof person === 'string';
  const head = {
    format: 'throughline-person/1',
    at: clock().toISOString(),
    organisation: { id: ctx.organisation, name: read.settings.name },
    account: own ? await ownAccount(services, person) : { email: read.email },
  };
  const pieces = [await pack(JSON.stringify(head).slice(0, -1))];
  for (const [done, name] of personParts.entries()) {
    await tools.progress(done, personParts.length, '');
    const { rows } = await store.read(asked, (reader) => personPart(reader, { member, own }, name));
    pieces.push(
      await pack(`,${JSON.stringify(name)}:${JSON.stringify(rows.map((row) => withRef(services, row)))}`),
    );
  }
  pieces.push(await pack('}'));
  const at = clock();
  const expiresAt = new Date(at.getTime() + personExportMs);
  await store.change({ ...ctx, at, because: null }, (write) =>
    keepPersonExport(write, { job, member, expiresAt, pieces }),
  );
  return { member, until: expiresAt.toISOString() };
}

/**
 * The document as text, a piece at a time. Throws `not-found` for whoever did not ask for it, once it expired, and where it
 * names an account to a session that is told nothing of it.
 */
export async function readExport(
  { store, clock }: Services,
  who: Asker,
  session: Session | null,
  { member, job }: { readonly member: string; readonly job: string },
): Promise<AsyncIterable<Buffer>> {
  const by = actorRef(who.actor);
  const pieces = await store.read(who, async (reader) => {
    if (session?.own === false && namesAccount((await findJob(reader, job))?.input)) return [];
    return personExport(reader, { job, member, by }, clock());
  });
  if (pieces.length === 0)
    throw new DomainError(
      'not-found',
      'There is no such document: it is not ready, expired, or somebody else asked.',
    );
  return (async function* () {
    for (const piece of pieces) yield await unpack(piece);
  })();
}

const namesAccount = (input: Json | undefined): boolean =>
  isObject(input) && typeof input.person === 'string';

function withRef(
  { registry }: Services,
  { kind, number, ...row }: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (typeof kind !== 'string' || typeof number !== 'number')
    return kind === undefined ? row : { kind, ...row };
  const prefix = registry.find(kind)?.prefix ?? kind;
  return { ref: `${prefix}-${number}`, ...row };
}

/** What the installation holds of a person beside any organisation: how they sign in, and where they belong. */
async function ownAccount({ store }: Services, person: string): Promise<Readonly<Record<string, unknown>>> {
  const row = await accountOf(store, person);
  const factors = await factorsOf(store, person);
  const memberships = await membershipsOf(store, person);
  return {
    email: row?.email ?? null,
    passwordSetAt: row?.password_at?.toISOString() ?? null,
    factors: factors.map(({ kind, name, addedAt, usedAt }) => ({ kind, name, addedAt, usedAt })),
    organisations: memberships.map(({ organisation, name, member, roles, active }) => ({
      ...{ id: organisation, name, member, roles, active },
    })),
  };
}

async function ensureMayTake(reader: Reader, actor: Actor, id: string, now: Date): Promise<void> {
  const member = await findMember(reader, id);
  if (!member) throw notFound();
  const own = actor.type === 'person' && actor.member === id;
  if (!own && !administersInOwnRight(actor, 'members')) {
    const who = whoAdministers('members');
    const why = canAdminister(actor, 'members')
      ? notInPlace
      : `Your own is yours; anybody else's is for: ${rolesInWords(who)}.`;
    const could = (one: Actor) => administersInOwnRight(one, 'members');
    const people = await whoAdministersHere(reader, actor, { roles: who, could }, now);
    throw new DomainError('forbidden', why, [], { who, ...(people ? { people } : {}) });
  }
  if (member.type === 'service')
    throw new DomainError('conflict', 'A service account is no person. Its owner has their own export.');
}
