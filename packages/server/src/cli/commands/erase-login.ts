import { eraseLoginByOperator } from '../../features/members/erase-member.ts';
import type { Work } from '../work.ts';

/** `erase-login ADDRESS`: for a login that nobody is a member by any more. */
export async function eraseLoginHere(work: Work, email: string): Promise<void> {
  await eraseLoginByOperator(work.services, work.context(), email);
  work.terminal.print('The login is erased: its address, password and second factors. The log says so.');
}
