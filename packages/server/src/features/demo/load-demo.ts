import { createHash } from 'node:crypto';
import type { Actor } from '@throughline/domain/actor.ts';
import { addDays, dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import { canAdminister } from '@throughline/domain/permissions.ts';
import { versionName } from '@throughline/domain/risk/rate.ts';
import { createInside } from '../../records/create-record.ts';
import { editInside } from '../../records/edit-record.ts';
import { judgeItem } from '../../records/judge-item.ts';
import type { Services } from '../../services.ts';
import { authorityOn, setAuthority } from '../../store/authority.ts';
import { addBlob } from '../../store/blobs.ts';
import type { Context } from '../../store/context.ts';
import {
  demoIds,
  demoMark,
  demoMember,
  demoStanding,
  hasRecords,
  holdDemo,
  markComplete,
} from '../../store/demo.ts';
import { newId } from '../../store/ids.ts';
import { judgedItems } from '../../store/judgements.ts';
import { addMember, changeMember, findMember, lockAdministrators } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import { recordsById, refsById } from '../../store/records.ts';
import type { Write } from '../../store/write.ts';
import { demoPerson, demoRule, stepsOfRound, takeStep } from './demo-acts.ts';
import {
  type DemoChapter,
  type DemoPlan,
  demoPlan,
  filesNamed,
  layersOf,
  type Meanings,
  meant,
} from './demo-plan.ts';
import { type DemoSource, readDemoSource, type SourceRecord } from './demo-source.ts';

export type Progress = (done: number, total: number, message: string) => Promise<void>;
export type DemoLoaded = { readonly records: number; readonly people: number };

export function ensureMayDemo(actor: Actor): void {
  if (!canAdminister(actor, 'settings'))
    throw new DomainError('forbidden', 'Your roles do not let you load or remove the demo organisation.');
}

/**
 * Throws `conflict` where the demo is whole already, and where the organisation has records of its own: documents and
 * the Statement of Applicability of the demo would answer for them.
 */
export async function ensureRoom(reader: Reader): Promise<void> {
  const standing = await demoStanding(reader);
  if (standing === 'loaded') throw new DomainError('conflict', 'The demo organisation is loaded already.');
  if (standing === 'none' && (await hasRecords(reader)))
    throw new DomainError(
      'conflict',
      'This organisation has records of its own, and documents of the demo would answer for them. Load the demo into an installation of its own: a server with another data directory (DATA_DIR).',
    );
}

/** The steps that a record of the demo takes at most, one after another: gates wait for the gate before. */
const rounds = 16;

/**
 * Loads the demo organisation through the same use cases as anything else: records by the rule `demo`, decisions by
 * its people, all of it with entries. Days are counted from today. A load that was stopped goes on where it was;
 * throws `conflict` where there is no room for it (`ensureRoom`).
 */
export async function loadDemo(services: Services, ctx: Context, progress: Progress): Promise<DemoLoaded> {
  ensureMayDemo(ctx.actor);
  const source = readDemoSource();
  const plan = demoPlan(source, services.catalogue);
  await services.store.read(ctx, ensureRoom);
  const total = plan.chapters.length + rounds + 2;
  let done = 0;
  const tell = (message: string) => progress(done++, total, message);
  const rule = { ...ctx, actor: demoRule };
  await services.store.change(rule, (write) => joinPeople(write, source));
  for (const chapter of plan.chapters) {
    await tell(`Writing: ${chapter.title}`);
    for (const layer of layersOf(chapter.records))
      await services.store.change({ ...rule, at: services.clock() }, (write) =>
        writeRecords(write, services, layer, chapter.files, ctx.actor),
      );
  }
  for (let round = 0; round < rounds; round += 1) {
    await tell('Taking decisions');
    await takeRound(services, rule, source, plan, round);
  }
  await tell('Changing what changed since');
  await editLater(services, rule, plan);
  await judge(services, rule, source);
  const records = await services.store.change({ ...rule, at: services.clock() }, async (write) => {
    const ids = await demoIds(write);
    const [first] = ids.values();
    if (first) await markComplete(write, first);
    return ids.size;
  });
  await progress(total, total, 'The demo organisation is loaded');
  return { records, people: source.organisation.people.length };
}

/** The people of the demo, without an address: nobody can sign in as one of them. */
async function joinPeople(write: Write, { organisation }: DemoSource): Promise<void> {
  await holdDemo(write);
  for (const { key, name, roles } of organisation.people) {
    const id = demoMember(write.organisation, key);
    const here = await findMember(write, id);
    const shown = `${name} (demo)`;
    if (!here) await addMember(write, { id, person: null, name: shown, roles, until: null });
    else if (!here.active)
      await changeMember(write, id, { name: shown, roles, active: true, until: null, scope: null });
  }
  const today = dayIn(write.ctx.at, (await organisationSettings(write)).timeZone);
  // An organisation's own table of authority is never mixed with the demo's.
  if ((await authorityOn(write, today)).length > 0) return;
  const grants = organisation.authority.map(({ member, ...grant }) => ({
    ...grant,
    member: demoMember(write.organisation, member),
    role: null,
    delegate: null,
    until: null,
  }));
  await setAuthority(write, grants, today);
}

/** Writes what of some records is not there yet, with the files that they name. */
async function writeRecords(
  write: Write,
  services: Services,
  records: readonly SourceRecord[],
  files: DemoChapter['files'],
  asked: Actor,
): Promise<void> {
  await holdDemo(write);
  const ids = await demoIds(write);
  const missing = records.filter(({ key }) => !ids.has(key));
  const named = new Set(missing.flatMap((record) => [...filesNamed(record)]));
  const kept = await keepFiles(write, new Map([...files].filter(([key]) => named.has(key))));
  const meanings = await meaningsOf(write, services, kept, asked, ids);
  for (const { key, kind: name, state, fields, links } of missing) {
    const kind = services.registry.get(name);
    await createInside(write, kind, {
      patch: {
        byAct: true,
        fields: meantFields(fields, meanings),
        links: Object.fromEntries(
          Object.entries(links).map(([relation, keys]) => [
            relation,
            { set: keys.map((one) => idOf(ids, one)) },
          ]),
        ),
      },
      state,
      external: demoMark(key),
      // Its systems ran before anybody kept a register, as most do.
      ...(name === 'system' ? { broughtIn: true } : {}),
    });
  }
}

const meantFields = (
  fields: Readonly<Record<string, Json>>,
  meanings: Meanings,
): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(fields).map(([part, value]) => [part, meant(value, meanings)]));

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (!id) throw new RangeError(`The demo links to ${key}, which does not stand before it`);
  return id;
}

type KeptFile = { readonly id: string; readonly digest: string };

async function keepFiles(write: Write, files: DemoChapter['files']): Promise<Map<string, KeptFile>> {
  const kept = new Map<string, KeptFile>();
  for (const [key, { name, media, text }] of files) {
    const bytes = Buffer.from(text, 'utf8');
    const digest = createHash('sha256').update(bytes).digest();
    const id = newId(write.ctx.at.getTime());
    await addBlob(write, { id, name, media, size: bytes.length, digest, bytes });
    kept.set(key, { id, digest: `sha256:${digest.toString('hex')}` });
  }
  return kept;
}

/** What other records of the demo name with its version: criteria that rate risks, the scheme that gives tiers. */
const namedByVersion = ['risk-criteria', 'own-tiers'];

async function meaningsOf(
  write: Write,
  services: Services,
  files: ReadonlyMap<string, KeptFile>,
  asked: Actor,
  ids: ReadonlyMap<string, string>,
): Promise<Meanings> {
  const { timeZone } = await organisationSettings(write);
  const today = dayIn(write.ctx.at, timeZone);
  const file = (key: string): KeptFile => {
    const found = files.get(key);
    if (!found) throw new RangeError(`The demo has no file ${key}`);
    return found;
  };
  const named = [...ids].flatMap(([key, id]) => (namedByVersion.includes(key) ? id : []));
  const refs = new Map(
    [...(await refsById(write, named)).values()].map(({ id, kind, number }) => [
      id,
      `${services.registry.get(kind).prefix}-${number}`,
    ]),
  );
  // On the command line nobody is signed in: the tasks of the demo wait for an administrator then.
  const loader = asked.type === 'person' ? asked.member : (await lockAdministrators(write))[0];
  return {
    day: (days) => addDays(today, days),
    moment: (days) => new Date(write.ctx.at.getTime() + days * 86_400_000).toISOString(),
    member: (person) => demoMember(write.organisation, person),
    file: (key) => file(key).id,
    digest: (key) => file(key).digest,
    version: (key) => versionName(refs.get(idOf(ids, key)) ?? key, 1),
    ruleVersion: services.catalogue.euAiAct.meta.rule_set_version,
    loader: loader ?? demoMember(write.organisation, 'governance-lead'),
  };
}

async function takeRound(
  services: Services,
  rule: Context,
  { organisation: { people } }: DemoSource,
  plan: DemoPlan,
  round: number,
): Promise<void> {
  const records = plan.chapters.flatMap((chapter) => chapter.records);
  for (const [by, steps] of stepsOfRound(records, round)) {
    const actor = by === null ? demoRule : demoPerson(rule.organisation, people, by);
    await services.store.change({ ...rule, actor, at: services.clock() }, async (write) => {
      await holdDemo(write);
      const ids = await demoIds(write);
      const locked = await write.lock(steps.map((step) => idOf(ids, step.record)));
      const meanings = await meaningsOf(write, services, new Map(), demoRule, ids);
      for (const step of steps) {
        const record = locked.get(idOf(ids, step.record));
        const { afterwards = {} } = records.find(({ key }) => key === step.record) ?? {};
        if (record) await takeStep(services, write, record, step, meantFields(afterwards, meanings));
      }
    });
  }
}

async function editLater(services: Services, rule: Context, plan: DemoPlan): Promise<void> {
  for (const { edit, because, fields } of plan.later) {
    await services.store.change({ ...rule, because, at: services.clock() }, async (write) => {
      const ids = await demoIds(write);
      const id = idOf(ids, edit);
      const record = (await write.lock([id])).get(id);
      if (!record) return;
      const meanings = await meaningsOf(write, services, new Map(), demoRule, ids);
      const patch = meantFields(fields, meanings);
      await editInside(write, services.registry.get(record.kind), record, { byAct: true, fields: patch });
    });
  }
}

/** People of the demo say what they can explain; an item that anybody answered for stays theirs. */
async function judge(services: Services, rule: Context, { organisation }: DemoSource): Promise<void> {
  for (const { item, record, by, answer } of organisation.judgements) {
    const member = demoMember(rule.organisation, by);
    const asked = await services.store.read(rule, async (reader) => {
      const id = record === null ? null : idOf(await demoIds(reader), record);
      return {
        answered: (await judgedItems(reader, member)).has(item),
        version: id === null ? null : ((await recordsById(reader, [id])).get(id)?.inForce ?? null),
      };
    });
    if (asked.answered) continue;
    const actor = demoPerson(rule.organisation, organisation.people, by);
    const input = { item, answer, version: asked.version, note: null };
    await judgeItem(services, { ...rule, actor, at: services.clock() }, input);
  }
}
