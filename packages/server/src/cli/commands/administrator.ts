import { makeAdministrator } from '../../features/members/operate-administrator.ts';
import type { Work } from '../work.ts';

export type AdministratorOptions = { readonly json?: true };

/** `administrator ADDRESS`: where whoever could confirm it is away for good. */
export async function makeAdministratorHere(
  work: Work,
  email: string,
  options: AdministratorOptions,
): Promise<void> {
  const { services, terminal } = work;
  const { member, name } = await makeAdministrator(services, work.context(), email);
  if (options.json) terminal.json({ member, name });
  else terminal.print(`${name} is an administrator. The log says that whoever operates the server did it.`);
}
