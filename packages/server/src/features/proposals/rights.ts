import { knownRoles, type Role } from '@throughline/domain/permissions.ts';
import { z } from 'zod';
import { listGroups } from '../../store/groups.ts';
import { findMember } from '../../store/members.ts';
import type { Proposal } from '../../store/proposals.ts';
import type { Reader } from '../../store/reader.ts';
import { memberNames } from '../../store/records.ts';

type Named = { readonly member: string; readonly name: string };

/** What a proposal about who administers changes of what stands now. */
export type ProposedRights = {
  readonly gains: readonly Role[];
  readonly loses: readonly Role[];
  /** Who comes into a group, and who goes. */
  readonly joins: readonly Named[];
  readonly leaves: readonly Named[];
  /** Of a member; `null` where it stays. */
  readonly access: 'begins' | 'ends' | null;
  /** The last day that a member gets (YYYY-MM-DD), `null` for none; missing where it stays. */
  readonly until?: string | null;
  /** Who answers for a service account from then on; missing where that stays. */
  readonly answers?: Named;
  /** The group is ended. */
  readonly ended: boolean;
};

const roles = z.array(z.string()).transform(knownRoles);
const base = z.string();
const scope = z
  .object({
    kinds: z.union([z.literal('all'), z.array(z.string())]),
    systems: z.union([z.literal('all'), z.array(z.string())]),
    audits: z.array(z.string()),
  })
  .nullable();
const ofMember = z.object({
  roles,
  active: z.boolean(),
  until: z.string().nullable(),
  scope,
  /** Of a service account: who answers for it. */
  owner: z.string().exactOptional(),
  base,
});
const ofGroup = z.object({
  group: z.string(),
  roles,
  members: z.array(z.string()),
  ended: z.boolean(),
  base,
});

/** Roles, access and end that a member gets, as the proposal was kept. */
export const proposedMember = (what: unknown): z.infer<typeof ofMember> => ofMember.parse(what);
/** Roles and members that a group gets, as the proposal was kept. */
export const proposedGroup = (what: unknown): z.infer<typeof ofGroup> => ofGroup.parse(what);

/** Against what stands now, so that whoever confirms reads what will change; `null` for any other matter. */
export async function rightsProposed(
  reader: Reader,
  { matter, what, about }: Proposal,
): Promise<ProposedRights | null> {
  if (matter === 'administrator' || matter === 'administrator-end') {
    const next = proposedMember(what);
    const member = await findMember(reader, about ?? '');
    const access = member?.active === next.active ? null : next.active ? 'begins' : 'ends';
    const moved = member?.until === next.until ? {} : { until: next.until };
    return {
      ...between(member?.roles ?? [], next.roles),
      ...{ joins: [], leaves: [], access, ended: false },
      ...moved,
      ...(await answering(reader, member?.owner ?? null, next.owner)),
    };
  }
  if (matter !== 'administrator-group') return null;
  const next = proposedGroup(what);
  const [group] = await listGroups(reader, { id: next.group });
  const here = group?.members ?? [];
  const names = await memberNames(reader, next.members);
  const ids = new Set(here.map(({ id }) => id));
  return {
    ...between(group?.roles ?? [], next.roles),
    joins: next.members.filter((id) => !ids.has(id)).map((id) => ({ member: id, name: names.get(id) ?? '' })),
    leaves: here.filter(({ id }) => !next.members.includes(id)).map(({ id, name }) => ({ member: id, name })),
    access: null,
    ended: next.ended,
  };
}

async function answering(
  reader: Reader,
  before: string | null,
  owner: string | undefined,
): Promise<Pick<ProposedRights, 'answers'>> {
  if (owner === undefined || owner === before) return {};
  return { answers: { member: owner, name: (await memberNames(reader, [owner])).get(owner) ?? '' } };
}

const between = (before: readonly Role[], next: readonly Role[]) => ({
  gains: next.filter((role) => !before.includes(role)),
  loses: before.filter((role) => !next.includes(role)),
});
