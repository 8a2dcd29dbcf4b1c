import { askForJob } from './jobs.ts';
import type { Write } from './write.ts';

/** Sends a link to a new password, made as it is sent; and tells people of what was reset. */
export const resetJob = 'send-password-link';
export const noticeJob = 'send-reset-notice';
/** Tells somebody that their password is known to whoever fails at their second factor. */
export const warningJob = 'send-sign-in-warning';

/** Who guesses for days would fill a mailbox: one in so many hours says it. */
const warnedForHours = 24;

/** Over some twenty minutes: a link that comes later is no help to whoever waits for it. */
const linkTries = 5;
const noticeTries = 9;

/** Asks for a link to a new password to be mailed to a member, once the change is committed. */
export async function askForResetMail(write: Write, member: string): Promise<void> {
  await askForJob(write, resetJob, { member }, linkTries);
  // A repeated request is answered by the member.
  write.made(member);
}

/** Asks for a member to be told by mail of a reset: their own, or as an administrator beside whoever did it. */
export async function askForNotice(write: Write, reset: string, to: string): Promise<void> {
  await askForJob(write, noticeJob, { reset, to }, noticeTries);
}

/** Asks for a member to be warned by mail, unless they were in the last day; `host` is where the last guess came from. */
export async function askForWarning(write: Write, member: string, host: string): Promise<void> {
  const rows = await write.run<{ warned: boolean }>({
    name: 'sign-in-warned',
    text: `select exists (select from job where organisation = $1 and type = '${warningJob}' and input->>'member' = $2
      and created_at > $3::timestamptz - interval '${warnedForHours} hours') as warned`,
    values: [write.organisation, member, write.ctx.at],
  });
  if (rows[0]?.warned !== true) await askForJob(write, warningJob, { member, host }, noticeTries);
}
