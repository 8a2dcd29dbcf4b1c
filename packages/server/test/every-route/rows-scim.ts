import { expect } from 'vitest';
import { aUser, type Provider, patchOf } from '../scim.ts';

/** What holds of one address of provisioning; `path` as the door declares it, below `/scim/v2`. */
export type ScimRow = {
  /** Makes what the address names, and answers its id. */
  readonly thing?: (idp: Provider) => Promise<string>;
  readonly path: (thing: string) => string;
  readonly body?: () => unknown;
  /** Anyone may ask. */
  readonly open?: true;
  /** Offered to nobody: what those are told who may ask. */
  readonly works: number;
  readonly says?: (answer: ReturnType<JSON['parse']>, thing: string) => void;
};

const aThing = async (idp: Provider): Promise<string> => {
  const answer = await idp.send('POST', '/Users', aUser());
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json().id;
};
let groups = 0;
const groupBody = () => {
  groups += 1;
  return { displayName: `Group ${groups}`, externalId: `g-${groups}` };
};
const aGroup = async (idp: Provider): Promise<string> => {
  const answer = await idp.send('POST', '/Groups', groupBody());
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json().id;
};
const listed = (n: number) => (answer: { totalResults: number }) => expect(answer.totalResults).toBe(n);

/** Every address of provisioning. One without a row here fails the tests. */
export const scimRows: Readonly<Record<string, ScimRow>> = {
  'GET /ServiceProviderConfig': {
    path: () => '/ServiceProviderConfig',
    open: true,
    works: 200,
    says: (answer) =>
      expect(answer).toMatchObject({
        patch: { supported: true },
        bulk: { supported: false },
        filter: { supported: true, maxResults: 500 },
        changePassword: { supported: false },
        etag: { supported: true },
        authenticationSchemes: [{ type: 'oauthbearertoken' }],
      }),
  },
  'GET /ResourceTypes': { path: () => '/ResourceTypes', works: 200, says: listed(2) },
  'GET /ResourceTypes/:id': {
    path: () => '/ResourceTypes/User',
    works: 200,
    says: (answer) => expect(answer).toMatchObject({ id: 'User', endpoint: '/Users' }),
  },
  'GET /Schemas': { path: () => '/Schemas', works: 200, says: listed(2) },
  'GET /Schemas/:id': {
    path: () => '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
    works: 200,
    says: (answer) =>
      expect(answer.attributes).toContainEqual(
        expect.objectContaining({ name: 'userName', required: true, uniqueness: 'server' }),
      ),
  },
  'GET /Users': {
    path: () => '/Users?count=2',
    works: 200,
    says: (answer) => expect(answer).toMatchObject({ itemsPerPage: 2, startIndex: 1 }),
  },
  'GET /Users/:id': {
    thing: aThing,
    path: (id) => `/Users/${id}`,
    works: 200,
    says: (answer, id) => expect(answer).toMatchObject({ id, active: true }),
  },
  'POST /Users': {
    path: () => '/Users',
    body: () => aUser(),
    works: 201,
    says: (answer) => expect(answer).toMatchObject({ active: true }),
  },
  'PUT /Users/:id': {
    thing: aThing,
    path: (id) => `/Users/${id}`,
    body: () => aUser({ displayName: 'Put here' }),
    works: 200,
    says: (answer, id) => expect(answer).toMatchObject({ id, displayName: 'Put here' }),
  },
  'PATCH /Users/:id': {
    thing: aThing,
    path: (id) => `/Users/${id}`,
    body: () => patchOf({ op: 'replace', path: 'displayName', value: 'Patched' }),
    works: 200,
    says: (answer, id) => expect(answer).toMatchObject({ id, displayName: 'Patched' }),
  },
  'DELETE /Users/:id': { thing: aThing, path: (id) => `/Users/${id}`, works: 204 },
  'GET /Groups': {
    path: () => '/Groups',
    works: 200,
    says: (answer) => expect(answer.totalResults).toBeGreaterThan(0),
  },
  'GET /Groups/:id': {
    thing: aGroup,
    path: (id) => `/Groups/${id}`,
    works: 200,
    says: (answer, id) => expect(answer).toMatchObject({ id }),
  },
  'POST /Groups': {
    path: () => '/Groups',
    body: () => groupBody(),
    works: 201,
    says: (answer) => expect(answer.members).toBeUndefined(),
  },
  'PUT /Groups/:id': {
    thing: aGroup,
    path: (id) => `/Groups/${id}`,
    body: () => groupBody(),
    works: 200,
    says: (answer, id) => expect(answer).toMatchObject({ id, displayName: expect.stringMatching(/^Group /) }),
  },
  'PATCH /Groups/:id': {
    thing: aGroup,
    path: (id) => `/Groups/${id}`,
    body: () => patchOf({ op: 'replace', path: 'externalId', value: 'patched' }),
    works: 200,
    says: (answer, id) => expect(answer).toMatchObject({ id, externalId: 'patched' }),
  },
  'DELETE /Groups/:id': { thing: aGroup, path: (id) => `/Groups/${id}`, works: 204 },
  'POST /Bulk': {
    path: () => '/Bulk',
    body: () => ({ Operations: [] }),
    works: 501,
    says: (answer) => expect(answer.detail).toBe('Bulk is not offered: send one request for each change.'),
  },
};
