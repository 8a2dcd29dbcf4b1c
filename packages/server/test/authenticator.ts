import { TOTP } from 'otpauth';
import { type Agent, agentOf, cookieHeaders, stranger, type TestServer } from './factories.ts';

/** A person's authenticator with its recovery codes: what a telephone and a drawer hold. */
export type Authenticator = {
  /** Adds itself to the account of whoever holds it, with a new secret; answers the new factor's id. */
  add(): Promise<string>;
  /** A code that was not shown before: time goes on where one was. */
  code(): string;
  /** A recovery code, each once. */
  recovery(): string;
  /** Signs in with password and a code, or a recovery code; answers whoever is in. */
  signIn(options: {
    password: string;
    organisation?: string;
    recovery?: boolean;
    email?: string;
  }): Promise<Agent>;
};

const step = 30_000;

export function authenticator(server: TestServer, owner: Agent): Authenticator {
  let secret = '';
  let shown = 0;
  const recoveryCodes: string[] = [];
  const code = (): string => {
    const behind = shown + step - server.services.clock().getTime();
    if (behind > 0) server.later(behind);
    const timestamp = server.services.clock().getTime();
    shown = timestamp - (timestamp % step);
    return new TOTP({ secret }).generate({ timestamp });
  };
  const recovery = (): string => {
    const next = recoveryCodes.shift();
    if (next === undefined) throw new Error('No recovery code is left');
    return next;
  };
  return {
    code,
    recovery,
    add: async () => {
      const begun = await owner.send('POST', '/account/totp/begin');
      if (begun.statusCode !== 200) throw new Error(`No secret was made: ${begun.body}`);
      secret = begun.json().secret;
      shown = 0;
      const body = { step: begun.json().step, name: 'Telephone', code: code() };
      const added = await owner.send('POST', '/account/totp', body);
      if (added.statusCode !== 201) throw new Error(`No authenticator was added: ${added.body}`);
      recoveryCodes.push(...(added.json().recoveryCodes ?? []));
      return added.json().factor.id;
    },
    signIn: async ({ password, organisation, recovery: onPaper = false, email = 'admin@example.org' }) => {
      const nobody = stranger(server);
      const asked = await nobody.send('POST', '/session', { email, password, organisation });
      if (asked.statusCode !== 202) throw new Error(`No second step was asked for: ${asked.body}`);
      const shows = { step: asked.json().step, code: onPaper ? recovery() : code(), organisation };
      const entered = await nobody.send('POST', '/session/step', shows);
      const cookie = entered.cookies.find(({ name }) => name === 'throughline');
      if (!cookie) throw new Error(`Nobody was let in: ${entered.body}`);
      const { member, organisation: entry } = entered.json();
      return agentOf(server, cookieHeaders(cookie.value), entry.id, member.id);
    },
  };
}
