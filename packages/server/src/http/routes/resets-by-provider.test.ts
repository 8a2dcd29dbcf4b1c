import { usualProvider } from '@throughline/domain/provider.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { type Mailbox, openMailbox } from '../../../test/mailbox.ts';
import { openidProvider, type TestProvider } from '../../../test/openid-provider.ts';
import { comesBy, inBy } from '../../../test/provider-door.ts';
import { resetByOperator } from '../../features/members/operate-reset.ts';

// Where a provider alone lets people in, a new password opens nothing: whoever were given a link to one would be sent
// through a door that is shut behind it.
let mailbox: Mailbox;
let server: TestServer;
let admin: Agent;
let second: Agent;
let provider: TestProvider;
let address: string;
let people = 0;

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await testServer({ mail: mailbox.mail });
  admin = await firstAdministrator(server);
  second = await signedIn(server, admin.organisation, ['admin'], { name: 'Head of operations' });
  provider = await openidProvider('http://127.0.0.1:4270/sign-in/return');
});
afterAll(async () => {
  await provider.close();
  await mailbox.close();
  await closeUnfailed(server);
});
beforeEach(() => lets('everyone'));

async function lets(ownSignIn: 'everyone' | 'administrators', linksByMail = false): Promise<void> {
  const { issuer, client } = provider;
  const answer = await admin.send('PUT', '/sign-in-provider', {
    ...{ ...usualProvider, issuer, clientId: client.clientId, secret: client.secret },
    ...{ text: 'Staff account', offered: true, address: 'harbour', ownSignIn, linksByMail },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  address = answer.json().provider.address;
}

const somebody = (roles: Parameters<typeof signedIn>[2]) => {
  const email = `person-${++people}@example.org`;
  return signedIn(server, admin.organisation, roles, { email });
};
const reset = (of: Agent, query = '') => admin.send('POST', `/members/${of.id}/password-reset${query}`);
const words = /lets people in by its provider alone/;

test('no link to a new password is made where a password lets nobody in, and the refusal says why', async () => {
  const member = await somebody(['reader']);
  expect((await reset(member)).statusCode).toBe(201);
  await lets('administrators');
  for (const query of ['', '?byHand=true']) {
    const refused = await reset(member, query);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'conflict']);
    expect(refused.json().detail).toMatch(words);
  }
});

test('administrators enter with a password all the same, so their links are made', async () => {
  await lets('administrators');
  const answer = await reset(await somebody(['admin']));
  expect([answer.statusCode, typeof answer.json().waits]).toEqual([202, 'string']);
});

test('what waits for a second hand is refused by the settings of the day on which it is confirmed', async () => {
  const { waits } = (await reset(await somebody(['top-management']), '?byHand=true')).json();
  await lets('administrators');
  const answer = await second.send('POST', `/proposals/${waits}/confirm`);
  expect([answer.statusCode, answer.json().detail]).toEqual([409, expect.stringMatching(words)]);
});

test('whoever operates the server ends second factors there, and makes no link that opens nothing', async () => {
  const member = await somebody(['reader']);
  const email = `person-${people}@example.org`;
  await authenticator(server, member).add();
  await lets('administrators');
  const operates = (factors: boolean) =>
    resetByOperator(
      server.services,
      {
        ...{ organisation: member.organisation, actor: { type: 'rule', rule: 'operator' } },
        ...{ at: server.services.clock(), because: null, request: null },
      },
      { email, reason: 'Nobody else could let them in', factors },
    );
  await expect(operates(false)).rejects.toThrow(words);
  expect(await operates(true)).toEqual({ link: null, factorsEnded: true });
  await lets('everyone');
  expect(await operates(false)).toMatchObject({ link: { token: expect.any(String) }, factorsEnded: false });
});

test('nobody is unlinked from the only account that lets them in there, unless the provider finds them again', async () => {
  const member = await somebody(['reader']);
  const sent = { subject: `${people}`, email: `person-${people}@example.org` };
  await lets('everyone', true);
  inBy(server, await comesBy(server, provider, address, sent));
  const [identity] = (await member.send('GET', '/account')).json().outside as { id: string }[];
  const unlink = () => admin.send('DELETE', `/members/${member.id}/outside/${identity?.id}`);
  await lets('administrators');
  const refused = await unlink();
  expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringMatching(words)]);
  await lets('administrators', true);
  expect((await unlink()).statusCode).toBe(204);
  expect(inBy(server, await comesBy(server, provider, address, sent)).id).toBe(member.id);
});
