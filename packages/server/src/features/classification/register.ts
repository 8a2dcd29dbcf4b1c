import { type Classified, classify } from '@throughline/domain/classification/classify.ts';
import { vocabularyId } from '@throughline/domain/classification/keep.ts';
import { readKept } from '@throughline/domain/classification/read-kept.ts';
import {
  dutyFields,
  planRegister,
  type RegisterPlan,
} from '@throughline/domain/classification/register-plan.ts';
import { ruleSetOf } from '@throughline/domain/classification/rule-set.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { sameJson } from '@throughline/domain/json.ts';
import { type Approved, approvedVersion } from '@throughline/domain/trace/approved.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { dayOf, listOf, textOf } from '@throughline/domain/trace/read.ts';
import { createInside } from '../../records/create-record.ts';
import { editInside } from '../../records/edit-record.ts';
import { type Law, lawInForce } from '../../records/law-in-force.ts';
import { ensureMay, loadReadable, lockFor } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { findMember } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { type RefRow, refsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { traceRows } from '../../store/trace.ts';
import { ofTheLaw } from './of-the-law.ts';

/** What follows from the signed-off outcomes of a system, beside what its register of obligations holds. */
export type RegisterView = RegisterPlan & {
  readonly law: Law;
  readonly record: StoredRecord;
  /** Why nothing can be written yet, in words; `null` where it can. */
  readonly notYet: string | null;
  readonly refs: ReadonlyMap<string, RefRow>;
};

type Read = {
  readonly record: StoredRecord;
  readonly notYet: string | null;
  readonly plan: RegisterPlan;
  readonly owners: readonly string[];
  /** Ids of the signed-off classes that lead to an obligation, in order. */
  readonly from: (item: string) => string[];
};

/** The plan for the register of the system that a classification belongs to. Nothing is written. */
export async function readRegister(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<RegisterView> {
  const kind = services.registry.get('classification');
  ensureMay(asked.actor, kind, 'read');
  ensureMay(asked.actor, services.registry.get('obligation'), 'read');
  const law = await lawInForce(services, asked.organisation);
  return services.store.read(asked, async (reader) => {
    const record = ofTheLaw(await loadReadable(reader, asked.actor, kind, asked.ref));
    const { plan, notYet } = await read(services, reader, law, record);
    const named = [...plan.duties.map((duty) => duty.record), ...plan.fellAway.map(({ id }) => id)];
    const refs = await refsById(
      reader,
      named.filter((id) => id !== null),
    );
    return { ...plan, law, record, notYet, refs };
  });
}

/**
 * Writes what follows into the register, in one change: duties that are missing, days that moved, and from which classes
 * each was written. What fell away is left for a person to end. Two who do it at once write each duty once, because the system is held meanwhile.
 * @throws {DomainError} `conflict` while the outcome is not signed off, is stale, or is not what the rules lead to
 */
export async function writeRegister(services: Services, ctx: Context, ref: string): Promise<void> {
  const kind = services.registry.get('classification');
  const obligation = services.registry.get('obligation');
  ensureMay(ctx.actor, kind, 'read');
  ensureMay(ctx.actor, obligation, 'create');
  const law = await lawInForce(services, ctx.organisation);
  await services.store.change(ctx, async (write) => {
    const record = ofTheLaw(await loadReadable(write, ctx.actor, kind, ref));
    if (record.system) await write.lock([record.system]);
    const { plan, notYet, owners, from } = await read(services, write, law, record);
    if (notYet !== null) throw new DomainError('conflict', notYet);
    const owner = await firstActive(write, owners);
    const label = (name: string) => services.registry.find(name)?.label ?? name.replaceAll('-', ' ');
    for (const duty of plan.duties) {
      const fields = dutyFields(law, duty, owner, label);
      const followsFrom = { set: from(duty.item) };
      if (duty.does === 'add')
        await createInside(write, obligation, {
          patch: {
            fields,
            links: { followsFrom, ...(record.system ? { system: { set: [record.system] } } : {}) },
          },
        });
      if (duty.record === null || (duty.does !== 'move' && duty.does !== 'stand')) continue;
      const before = await lockFor(write, obligation, duty.record, 'edit');
      const known = [...(before.content.links.followsFrom ?? [])].sort();
      if (duty.does === 'stand' && sameJson(known, followsFrom.set)) continue;
      await editInside(write, obligation, before, {
        fields: duty.does === 'move' ? { appliesFrom: duty.from } : {},
        links: { followsFrom },
        // The class that others signed off says the day, a later one too.
        byAct: true,
      });
    }
  });
}

async function read(services: Services, reader: Reader, law: Law, record: StoredRecord): Promise<Read> {
  const { timeZone } = await organisationSettings(reader);
  const today = dayIn(services.clock(), timeZone);
  const rows = await traceRows(reader, record.system ? [record.system] : []);
  const own = rows.own.get(record.system ?? '') ?? [];
  const signed = own.flatMap((one) => {
    const approved = one.kind === 'classification' && one.state !== 'withdrawn' && signedOff(one, rows.byId);
    return approved ? [{ approved, result: outcomeOf(law, approved, today) }] : [];
  });
  const mine = signed.find(({ approved }) => approved.id === record.id);
  const duties = own.filter((one) => one.kind === 'obligation' && textOf(one, 'source') === 'law');
  const register = duties.flatMap((one) => {
    const item = textOf(one, 'item');
    const over = one.state === 'ended' || one.state === 'declined';
    return item === null ? [] : [{ id: one.id, item, appliesFrom: dayOf(one, 'appliesFrom'), over }];
  });
  const [home] = record.content.links.useCase ?? [];
  const owners = [home, record.system].map((id) => (id && rows.byId.get(id)?.owner) || null);
  return {
    record,
    notYet: whyNotYet(mine),
    plan: planRegister(
      law,
      signed.map(({ result }) => result),
      register,
    ),
    owners: [...owners, record.owner].filter((id) => id !== null),
    from: (item) => leadingTo(item, signed),
  };
}

type Signed = { readonly approved: Approved; readonly result: Classified };

function leadingTo(item: string, signed: readonly Signed[]): string[] {
  const leads = signed.filter(({ result }) =>
    result.obligations.some(({ id, status }) => id === item && status !== 'open'),
  );
  return leads.map(({ approved }) => approved.id).sort();
}

function signedOff(record: TraceRecord, byId: ReadonlyMap<string, TraceRecord>): Approved | null {
  const approved = approvedVersion(record, (id) => byId.get(id));
  return approved && textOf(approved, 'scheme') === 'eu-ai-act' ? approved : null;
}

function outcomeOf(law: Law, { fields }: Approved, today: string): Classified {
  const rules = ruleSetOf({ euAiAct: law });
  const { answers } = readKept(law.facts, rules.annexIII, fields.answers);
  return classify(rules, answers, today);
}

function whyNotYet(signed: Signed | undefined): string | null {
  if (!signed)
    return 'The outcome is not signed off. What follows is written into the register once it is approved.';
  if (signed.approved.stale.length > 0)
    return 'What the answers stand on changed after the sign-off. Classify again, or say why it makes no difference.';
  const now = signed.result.outcomes.map(vocabularyId);
  const then = listOf(signed.approved, 'outcomes');
  return now.length === then.length && now.every((id) => then.includes(id))
    ? null
    : 'The rules in force lead to another outcome than the one that was signed off. Classify again.';
}

async function firstActive(reader: Reader, members: readonly string[]): Promise<string | null> {
  for (const id of members) {
    const member = await findMember(reader, id);
    if (member?.active) return id;
  }
  return null;
}
