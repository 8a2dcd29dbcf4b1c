import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  password,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { type Mailbox, openMailbox, plainMail } from '../../../test/mailbox.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { recentJobs } from '../../store/jobs.ts';

let mailbox: Mailbox;
let server: TestServer;
let admin: Agent;
const email = 'guessed@example.org';

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await testServer({ mail: mailbox.mail });
  admin = await firstAdministrator(server);
  await authenticator(server, await signedIn(server, admin.organisation, ['reader'], { email })).add();
});
afterAll(async () => {
  await mailbox.close();
  await closeUnfailed(server);
});

async function work(): Promise<void> {
  const jobs = await server.store.readWhole(admin.organisation, (reader) => recentJobs(reader, 50));
  for (const job of jobs.filter((one) => one.ended_at === null))
    await runJob(server.services, jobHandlers, admin.organisation, job.id);
}
/** Wrong codes by somebody who has the password, each from another host. */
async function guess(times: number): Promise<void> {
  const nobody = stranger(server);
  for (let count = 1; count <= times; count += 1) {
    const { step } = (await nobody.send('POST', '/session', { email, password })).json();
    const remoteAddress = `198.51.100.${count}`;
    await nobody.send('POST', '/session/step', { step, code: '000000' }, { remoteAddress });
  }
}
const warnings = () => mailbox.taken.map(plainMail).filter((mail) => mail.includes('may know your password'));

test('the owner is told once by mail that somebody has the password and fails at the code', async () => {
  await guess(4);
  await work();
  expect(warnings()).toEqual([]);
  await guess(12);
  await work();
  const [mail, ...more] = warnings();
  expect([mail, more]).toEqual([expect.stringContaining(email), []]);
  expect(mail).toContain('5 wrong codes, the last from 198.51.100.1.');
  expect(mail).toContain('/account');
});

test('guesses that go on another day are told of again, and no sooner', async () => {
  mailbox.taken.length = 0;
  server.later(25 * 3_600_000);
  await guess(6);
  await guess(6);
  await work();
  expect(warnings()).toHaveLength(1);
});
