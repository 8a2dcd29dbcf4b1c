import { provisioningScope } from '@throughline/domain/token-scope.ts';
import type { LightMyRequestResponse } from 'fastify';
import { type Agent, type TestServer, tokenAgent } from './factories.ts';

/** Sends requests below `/scim/v2` as an identity provider does. */
export type Provider = {
  /** Id of its token. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<LightMyRequestResponse>;
};

/** An identity provider of an organisation, with a token for provisioning. */
export async function provider(server: TestServer, organisation: string): Promise<Provider> {
  return providerBy(server, await tokenAgent(server, organisation, [], provisioningScope));
}

/** The same by what somebody else proves who they are with. */
export function providerBy(server: TestServer, { id, headers }: Pick<Agent, 'id' | 'headers'>): Provider {
  return {
    id,
    headers,
    send: (method, path, body, more = {}) =>
      server.app.inject({
        method,
        url: `/scim/v2${path}`,
        ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...headers,
          ...more,
        },
      }),
  };
}

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
let made = 0;

/** The body of a new user that nobody else has. */
export function aUser(more: Readonly<Record<string, unknown>> = {}) {
  made += 1;
  return {
    schemas: [userUrn],
    userName: `person-${made}@scim.example`,
    externalId: `external-${made}`,
    displayName: `Claims handler ${made}`,
    name: { givenName: 'Claims', familyName: `Handler ${made}` },
    emails: [{ value: `person-${made}@scim.example`, type: 'work', primary: true }],
    active: true,
    ...more,
  };
}

/** The body of a PATCH. */
export const patchOf = (...Operations: readonly unknown[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
