import type { User } from '../../features/members/provision.ts';
import {
  changeUser,
  provisionUser,
  readUser,
  readUsers,
  takeUserAway,
} from '../../features/members/provision.ts';
import type { WhichMembers } from '../../store/provisioned.ts';
import type { HttpServices } from '../services.ts';
import { type Filter, needed } from './filter.ts';
import { listAnswer, readListQuery } from './list.ts';
import { canonical, patched, readOperations } from './patch.ts';
import { readProjection } from './projection.ts';
import {
  ensureVersion,
  idIn,
  isId,
  resourceAnswer,
  type ScimAnswer,
  type ScimCall,
  type ScimRoute,
} from './route.ts';
import { userSchema } from './schemas.ts';
import { readSaidUser, saidResource, userResource, userVersion } from './user.ts';

/** Members of the organisation of the token as users (RFC 7644 §3). */
export function userRoutes(services: HttpServices): ScimRoute[] {
  const answered = (call: ScimCall, user: User, status = 200): ScimAnswer => {
    const version = userVersion(user);
    const location = `${call.base}/Users/${user.id}`;
    return resourceAnswer(call, userResource(user, call.base), userSchema, { status, version, location });
  };
  return [
    {
      method: 'GET',
      path: '/Users',
      handle: async (call) => {
        const query = readListQuery(call.query, userSchema);
        const which = query.filter ? whichMembers(query.filter) : {};
        const users = which ? await readUsers(services, call.who, which) : [];
        const resources = users.map((user) => userResource(user, call.base));
        return { status: 200, body: listAnswer(resources, query, userSchema) };
      },
    },
    {
      method: 'GET',
      path: '/Users/:id',
      handle: async (call) => answered(call, await readUser(services, call.who, idIn(call.id))),
    },
    {
      method: 'POST',
      path: '/Users',
      handle: async (call) => {
        readProjection(call.query, userSchema);
        const said = readSaidUser(canonical(call.body, userSchema), { active: true });
        return answered(call, await provisionUser(services, call.change(), said), 201);
      },
    },
    {
      method: 'PUT',
      path: '/Users/:id',
      handle: async (call) => {
        readProjection(call.query, userSchema);
        const given = canonical(call.body, userSchema);
        const user = await changeUser(services, call.change(), idIn(call.id), (before) => {
          ensureVersion(call.request, userVersion(before));
          // Whoever leaves access out says nothing of it (RFC 7644 §3.5.1): it stays.
          return readSaidUser(given, before.said);
        });
        return answered(call, user);
      },
    },
    {
      method: 'PATCH',
      path: '/Users/:id',
      handle: async (call) => {
        readProjection(call.query, userSchema);
        const operations = readOperations(call.body);
        const user = await changeUser(services, call.change(), idIn(call.id), (before) => {
          ensureVersion(call.request, userVersion(before));
          const now = patched(saidResource(before.said), operations, userSchema);
          return readSaidUser(now, before.said);
        });
        return answered(call, user);
      },
    },
    {
      method: 'DELETE',
      path: '/Users/:id',
      handle: async (call) => {
        await takeUserAway(services, call.change(), idIn(call.id), (before) =>
          ensureVersion(call.request, userVersion(before)),
        );
        return { status: 204 };
      },
    },
  ];
}

/** What the store looks for, so that a search for one person does not read everybody; `undefined`: nobody can fit. */
function whichMembers(filter: Filter): WhichMembers | undefined {
  const wanted = needed(filter);
  const [id, userName, externalId] = ['id', 'userName', 'externalId'].map((name) => wanted.get(name));
  if (id !== undefined && !isId(id)) return undefined;
  return {
    ...(id === undefined ? {} : { id }),
    ...(userName === undefined ? {} : { userName }),
    ...(externalId === undefined ? {} : { externalId }),
  };
}
