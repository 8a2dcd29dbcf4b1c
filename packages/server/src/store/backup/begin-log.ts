import { addLogOrigin } from '../log-checkpoint.ts';
import { changeMember, findMember } from '../members.ts';
import type { Write } from '../write.ts';
import type { LogFacts } from './snapshot.ts';

export type Begun = {
  readonly organisation: string;
  /** The name that the log goes on under. */
  readonly origin: string;
  /** What was signed last before, as the backup knows it. */
  readonly before: LogFacts['checkpoint'];
};

/**
 * Begins the log of a restored organisation anew: another name, and an entry that says so and names what was signed last.
 * `mark` makes the name unlike that of any other restore.
 */
export async function beginLogAnew(
  write: Write,
  log: LogFacts | undefined,
  named: {
    readonly address: string;
    readonly mark: string;
    readonly backup: string;
    readonly scope: 'installation' | 'organisation';
  },
): Promise<Begun> {
  const { organisation } = write;
  const before = log?.checkpoint ?? null;
  const origin = await addLogOrigin(
    write.db,
    organisation,
    `${named.address}/log/${organisation}`,
    write.ctx.at,
    named.mark,
  );
  write.log({
    act: 'log.restored',
    origin,
    scope: named.scope,
    backup: named.backup,
    checkpoint: before && { origin: before.origin, size: before.size, root: before.root },
  });
  return { organisation, origin, before };
}

/**
 * What an organisation leaves behind when it is restored alone: its members act with logins of another installation. That
 * ends with an entry each.
 */
export async function leaveInstallation(write: Write, members: readonly string[]): Promise<void> {
  for (const id of members) {
    const member = await findMember(write, id);
    if (member) await changeMember(write, id, member);
  }
}
