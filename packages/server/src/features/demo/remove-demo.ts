import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import { authorityOn, setAuthority } from '../../store/authority.ts';
import type { Context } from '../../store/context.ts';
import { demoIds, demoMember, demoStanding, holdDemo, linkedToDemo, releaseDemo } from '../../store/demo.ts';
import { changeMember, findMember } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Write } from '../../store/write.ts';
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
  return services.store.change(ctx, async (write) => {
    await holdDemo(write);
    if ((await demoStanding(write)) === 'none')
      throw new DomainError('conflict', 'There is no demo organisation here.');
    const linked = await linkedToDemo(write);
    const locked = await write.lock([...(await demoIds(write)).values()]);
    let records = 0;
    for (const record of locked.values()) {
      if (record.archivedAt) continue;
      write.archive(record);
      records += 1;
    }
    await releaseDemo(write);
    return { records, people: await dismissPeople(write), linked };
  });
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
