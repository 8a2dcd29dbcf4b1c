import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import { authorityOn, setAuthority } from '../../store/authority.ts';
import type { Context } from '../../store/context.ts';
import {
  demoIds,
  demoMember,
  demoStanding,
  holdDemo,
  linkedToDemo,
  releaseDemo,
  releaseRecords,
} from '../../store/demo.ts';
import { changeMember, findMember } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import type { Write } from '../../store/write.ts';
import { demoRule } from './demo-acts.ts';
import { readDemoSource } from './demo-source.ts';
import { ensureMayDemo } from './load-demo.ts';

export type DemoRemoved = {
  /** Records taken out of the registers. They are archived: what they said, their versions and entries stay. */
  readonly records: number;
  /** People who can no longer be chosen. Their names stay beside what they did. */
  readonly people: number;
  /** Records outside the demo that name archived ones. They stay as they are. */
  readonly linked: number;
};

/** Takes the demo organisation out of the way, in one change. Throws `conflict` where there is none. */
export async function removeDemo(services: Services, ctx: Context): Promise<DemoRemoved> {
  ensureMayDemo(ctx.actor);
  // Sealed from whoever removes it, too: the demo takes these out itself, first, so that a removal that stopped goes on.
  const sealed = await services.store.change({ ...ctx, actor: demoRule }, async (write) => {
    await holdDemo(write);
    const isSealed = (record: StoredRecord) => write.registry.isSealed(record.kind);
    const { ids, archived } = await archiveDemo(write, isSealed);
    await releaseRecords(write, ids);
    return archived;
  });
  return services.store.change(ctx, async (write) => {
    await holdDemo(write);
    if ((await demoStanding(write)) === 'none')
      throw new DomainError('conflict', 'There is no demo organisation here.');
    const linked = await linkedToDemo(write);
    const { archived } = await archiveDemo(write, () => true);
    await releaseDemo(write);
    return { records: sealed + archived, people: await dismissPeople(write), linked };
  });
}

/** Archives those demo records that stand in a register; `ids` are all that were meant, archived before too. */
async function archiveDemo(
  write: Write,
  which: (record: StoredRecord) => boolean,
): Promise<{ ids: string[]; archived: number }> {
  const locked = await write.lock([...(await demoIds(write)).values()]);
  const meant = [...locked.values()].filter(which);
  const standing = meant.filter((record) => !record.archivedAt);
  for (const record of standing) write.archive(record);
  return { ids: meant.map(({ id }) => id), archived: standing.length };
}

async function dismissPeople(write: Write): Promise<number> {
  const people = readDemoSource().organisation.people.map(({ key }) => demoMember(write.organisation, key));
  let dismissed = 0;
  for (const id of people) {
    const member = await findMember(write, id);
    if (!member?.active) continue;
    await changeMember(write, id, { ...member, active: false });
    dismissed += 1;
  }
  const today = dayIn(write.ctx.at, (await organisationSettings(write)).timeZone);
  const grants = await authorityOn(write, today);
  const left = grants.filter(({ member }) => member === null || !people.includes(member));
  if (left.length < grants.length)
    await setAuthority(
      write,
      left.map(({ id: _, ...grant }) => grant),
      today,
    );
  return dismissed;
}
