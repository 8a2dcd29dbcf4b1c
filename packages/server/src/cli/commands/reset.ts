import { resetByOperator } from '../../features/members/operate-reset.ts';
import { linkHere, type Work } from '../work.ts';

export type ResetOptions = { readonly reason: string; readonly factors?: true; readonly json?: true };

/** `reset ADDRESS`: the link alone on stdout; it is good once and for eight hours, and nobody can read it again. */
export async function resetHere(work: Work, email: string, options: ResetOptions): Promise<void> {
  const { services, terminal } = work;
  const asked = { email, reason: options.reason, factors: options.factors === true };
  const made = await resetByOperator(services, work.context(), asked);
  const link = made.link && linkHere(work, '/password', made.link.token);
  if (options.json) {
    const until = made.link?.until.toISOString() ?? null;
    terminal.json({ link, until, factorsEnded: made.factorsEnded });
    return;
  }
  if (made.factorsEnded) terminal.note(`The second factors of ${email} have ended.`);
  if (link === null) {
    terminal.note(
      'They enter by the provider of their organisation alone, so there is no link to a password.',
    );
    return;
  }
  terminal.note(`Hand this link to ${email}; it sets a new password once, for eight hours. The log says so.`);
  terminal.print(link);
}
