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
import { resourceRoutes } from './resource-routes.ts';
import { isId, type ScimRoute } from './route.ts';
import { userSchema } from './schemas.ts';
import { readSaidUser, saidResource, userResource, userVersion } from './user.ts';

/** Members of the organisation of the token as users (RFC 7644 §3). */
export const userRoutes = (services: HttpServices): ScimRoute[] =>
  resourceRoutes(services, {
    path: '/Users',
    schema: userSchema,
    versionOf: userVersion,
    shown: userResource,
    said: (user: User) => saidResource(user.said),
    // Whoever leaves access out says nothing of it (RFC 7644 §3.5.1): it stays; somebody new has it.
    read: (given, before) => readSaidUser(given, before?.said ?? { active: true }),
    which: whichMembers,
    kept: { list: readUsers, one: readUser, add: provisionUser, change: changeUser, takeAway: takeUserAway },
  });

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
