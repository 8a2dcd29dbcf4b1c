import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  alsoIn,
  closeUnfailed,
  firstAdministrator,
  organisation,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { type Mailbox, openMailbox } from '../../../test/mailbox.ts';

/** An installation whose organisations are not to learn of one another: nobody's account is opened by hand. */
let mailbox: Mailbox;
let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  mailbox = await openMailbox();
  server = await testServer({ mail: mailbox.mail, neverByHand: true });
  admin = await firstAdministrator(server);
});
afterAll(async () => {
  await mailbox.close();
  await closeUnfailed(server);
});

const reason = 'The telephone fell into the lake';
/** What an administrator is told of a member, by each door to their account. */
async function told(member: Agent): Promise<unknown[]> {
  const asked = [
    await admin.send('POST', `/members/${member.id}/password-reset?byHand=true`),
    await admin.send('POST', `/members/${member.id}/factors-reset`, { reason }),
    await admin.send('POST', `/members/${member.id}/password-reset`),
  ];
  return asked.map(({ statusCode, body }) => {
    const { code, detail, mailed } = JSON.parse(body);
    return { statusCode, code, detail, mailed };
  });
}

test('an administrator is told the same of whoever belongs to another organisation too and of whoever does not', async () => {
  const elsewhere = await organisation(server, 'Other Bank');
  const [here, both, left] = [
    await signedIn(server, admin.organisation, ['reader'], { email: 'here@example.org' }),
    await signedIn(server, admin.organisation, ['reader'], { email: 'both@example.org' }),
    await signedIn(server, admin.organisation, ['top-management'], { email: 'left@example.org' }),
  ];
  await alsoIn(server, both, elsewhere, ['reader']);
  await alsoIn(server, left, elsewhere, ['reader']);
  await server.store.owner.query('update member set active = false where organisation = $1', [elsewhere]);
  for (const one of [here, both, left]) await authenticator(server, one).add();
  const said = await told(here);
  expect(said).toMatchObject([
    { statusCode: 409, code: 'conflict', detail: expect.stringContaining('not opened by hand') },
    { statusCode: 409, code: 'conflict', detail: expect.stringContaining('not opened by hand') },
    { statusCode: 201, mailed: true },
  ]);
  expect(await told(both)).toEqual(said);
  expect(await told(left)).toEqual(said);
  // Nor does it say whether there is a second factor: whoever just joined would have it from elsewhere.
  expect(await told(await signedIn(server, admin.organisation, ['reader']))).toEqual(said);
});

test('nothing is left behind by what was refused: no link, no proposal, no factor ended', async () => {
  const member = await signedIn(server, admin.organisation, ['admin'], { email: 'second@example.org' });
  await authenticator(server, member).add();
  await admin.send('POST', `/members/${member.id}/password-reset?byHand=true`);
  await admin.send('POST', `/members/${member.id}/factors-reset`, { reason });
  const { rows } = await server.store.owner.query(
    `select (select count(*)::int from sign_in_link where purpose = 'password-reset') as links,
      (select count(*)::int from proposal) as proposals, (select count(*)::int from factor where ended_at is not null) as ended`,
  );
  expect(rows).toEqual([{ links: 0, proposals: 0, ended: 0 }]);
});
