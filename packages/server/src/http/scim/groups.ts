import { isObject } from '@throughline/domain/json.ts';
import {
  changeOutsideGroup,
  type NextGroup,
  type OutsideGroup,
  provisionGroup,
  readOutsideGroup,
  readOutsideGroups,
  takeGroupAway,
} from '../../features/groups/provision-groups.ts';
import type { HttpServices } from '../services.ts';
import { type Filter, needed } from './filter.ts';
import type { Resource } from './patch.ts';
import { resourceRoutes } from './resource-routes.ts';
import { isId, type ScimRoute } from './route.ts';
import { groupSchema, groupUrn } from './schemas.ts';
import { wrong } from './scim-error.ts';
import { textGiven, textNeeded, versionOf } from './user.ts';

/** Groups of the organisation of the token (RFC 7644 §3). Roles are given to them by administrators alone. */
export const groupRoutes = (services: HttpServices): ScimRoute[] =>
  resourceRoutes(services, {
    path: '/Groups',
    schema: groupSchema,
    versionOf: groupVersion,
    shown: groupResource,
    said: saidResource,
    read: readGroup,
    which: whichGroups,
    kept: {
      list: readOutsideGroups,
      one: readOutsideGroup,
      add: provisionGroup,
      change: changeOutsideGroup,
      takeAway: takeGroupAway,
    },
  });

/** What a resource says of a group. Throws `invalidValue` by name. */
function readGroup(resource: Resource): NextGroup {
  const members = Array.isArray(resource.members) ? resource.members.filter(isObject) : [];
  return {
    said: {
      displayName: textNeeded(resource.displayName, 'displayName', 200),
      externalId: textGiven(resource.externalId, 'externalId', 254),
    },
    members: [...new Set(members.map(({ value }) => memberIn(value)))],
  };
}

function memberIn(value: unknown): string {
  if (isId(value)) return value;
  throw wrong('invalidValue', 'members.value: this is no id of a user here.');
}

function groupResource({ id, said, members, createdAt, changedAt }: OutsideGroup, base: string): Resource {
  return {
    schemas: [groupUrn],
    id,
    ...(said.externalId === null ? {} : { externalId: said.externalId }),
    displayName: said.displayName,
    ...(members.length === 0
      ? {}
      : {
          members: members.map((member) => ({
            value: member.id,
            display: member.name,
            $ref: `${base}/Users/${member.id}`,
          })),
        }),
    meta: {
      resourceType: 'Group',
      created: createdAt.toISOString(),
      ...(changedAt === null ? {} : { lastModified: changedAt.toISOString() }),
      location: `${base}/Groups/${id}`,
      version: groupVersion({ id, said, members, createdAt, changedAt }),
    },
  };
}

function saidResource({ said, members }: OutsideGroup): Resource {
  return {
    displayName: said.displayName,
    ...(said.externalId === null ? {} : { externalId: said.externalId }),
    members: members.map(({ id }) => ({ value: id })),
  };
}

function groupVersion({ id, said, members }: OutsideGroup): string {
  return versionOf({ id, said, members: members.map((member) => member.id).toSorted() });
}

/** What the store looks for; `undefined`: no group can fit. */
function whichGroups(filter: Filter): { readonly id?: string; readonly member?: string } | undefined {
  const wanted = needed(filter);
  const [id, member] = ['id', 'members.value'].map((name) => wanted.get(name));
  if ((id !== undefined && !isId(id)) || (member !== undefined && !isId(member))) return undefined;
  return { ...(id === undefined ? {} : { id }), ...(member === undefined ? {} : { member }) };
}
