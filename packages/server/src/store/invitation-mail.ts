import { askForJob } from './jobs.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

export const invitationJob = 'send-invitation';

/** How often a mail is tried: the last time an hour and a half after the first. */
const tries = 9;

/** Asks for an invitation to be sent by mail, inside the change that invites: sent once that is committed, or never. */
export async function askForInvitationMail(write: Write, member: string): Promise<void> {
  await askForJob(write, invitationJob, { member }, tries);
  // What the change made is the member: a repeated request is answered by that.
  write.made(member);
}

export type MailState = { readonly state: 'sending' | 'sent' | 'failed'; readonly message: string };

/** How the newest invitation by mail of each member went. For administrators alone. */
export async function invitationMails(reader: Reader): Promise<Map<string, MailState>> {
  const rows = await reader.run<{ member: string; state: string; message: string }>({
    name: 'invitation-mails',
    text: `select distinct on (input->>'member') input->>'member' as member, state, message from job
      where organisation = $1 and type = '${invitationJob}' order by input->>'member', created_at desc, id desc`,
    values: [reader.organisation],
  });
  return new Map(rows.map(({ member, state, message }) => [member, { state: stateOf(state), message }]));
}

function stateOf(state: string): MailState['state'] {
  if (state === 'done') return 'sent';
  return state === 'failed' || state === 'cancelled' ? 'failed' : 'sending';
}
