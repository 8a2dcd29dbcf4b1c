import type { LightMyRequestResponse } from 'fastify';
import { type Agent, agentOf, cookieHeaders, stranger, type TestServer } from './factories.ts';
import type { TestProvider } from './openid-provider.ts';

/** Whom a provider vouches for. */
export type Sent = { readonly subject: string; readonly email: string };

/** Goes through a sign-in at a provider as a browser does, and answers what it ends with. */
export async function comesBy(
  server: TestServer,
  provider: TestProvider,
  address: string,
  { subject, email }: Sent,
): Promise<LightMyRequestResponse> {
  provider.says(subject, { email, email_verified: true, name: 'Guest' });
  const nobody = stranger(server);
  const begun = await nobody.send('POST', '/session/provider', { address });
  const kept = begun.cookies.find(({ name }) => name === 'throughline-browser')?.value ?? '';
  const brought = await provider.visit(begun.json().url);
  const headers = { cookie: `throughline-browser=${kept}` };
  return nobody.send('POST', '/session/provider/return', brought, { headers });
}

/** Whoever such a sign-in let in. */
export function inBy(server: TestServer, answer: LightMyRequestResponse): Agent {
  const cookie = answer.cookies.find(({ name }) => name === 'throughline')?.value;
  if (!cookie) throw new Error(`Nobody was let in: ${answer.body}`);
  const { me } = answer.json();
  return agentOf(server, cookieHeaders(cookie), me.organisation.id, me.member.id);
}
