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
import { listAnswer, readListQuery } from './list.ts';
import { canonical, patched, type Resource, readOperations } from './patch.ts';
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
import { groupSchema, groupUrn } from './schemas.ts';
import { wrong } from './scim-error.ts';
import { textGiven, textNeeded, versionOf } from './user.ts';

/** Groups of the organisation of the token (RFC 7644 §3). Roles are given to them by administrators alone. */
export function groupRoutes(services: HttpServices): ScimRoute[] {
  const answered = (call: ScimCall, group: OutsideGroup, status = 200): ScimAnswer => {
    const version = groupVersion(group);
    const location = `${call.base}/Groups/${group.id}`;
    return resourceAnswer(call, groupResource(group, call.base), groupSchema, { status, version, location });
  };
  const change = async (call: ScimCall, next: (before: OutsideGroup) => NextGroup): Promise<ScimAnswer> => {
    readProjection(call.query, groupSchema);
    const group = await changeOutsideGroup(services, call.change(), idIn(call.id), (before) => {
      ensureVersion(call.request, groupVersion(before));
      return next(before);
    });
    return answered(call, group);
  };
  return [
    {
      method: 'GET',
      path: '/Groups',
      handle: async (call) => {
        const query = readListQuery(call.query, groupSchema);
        const which = query.filter ? whichGroups(query.filter) : {};
        const groups = which ? await readOutsideGroups(services, call.who, which) : [];
        const resources = groups.map((group) => groupResource(group, call.base));
        return { status: 200, body: listAnswer(resources, query, groupSchema) };
      },
    },
    {
      method: 'GET',
      path: '/Groups/:id',
      handle: async (call) => answered(call, await readOutsideGroup(services, call.who, idIn(call.id))),
    },
    {
      method: 'POST',
      path: '/Groups',
      handle: async (call) => {
        readProjection(call.query, groupSchema);
        const next = readGroup(canonical(call.body, groupSchema));
        return answered(call, await provisionGroup(services, call.change(), next), 201);
      },
    },
    {
      method: 'PUT',
      path: '/Groups/:id',
      handle: async (call) => {
        const next = readGroup(canonical(call.body, groupSchema));
        return change(call, () => next);
      },
    },
    {
      method: 'PATCH',
      path: '/Groups/:id',
      handle: async (call) => {
        const operations = readOperations(call.body);
        return change(call, (before) => readGroup(patched(saidResource(before), operations, groupSchema)));
      },
    },
    {
      method: 'DELETE',
      path: '/Groups/:id',
      handle: async (call) => {
        await takeGroupAway(services, call.change(), idIn(call.id), (before) =>
          ensureVersion(call.request, groupVersion(before)),
        );
        return { status: 204 };
      },
    },
  ];
}

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

const saidResource = ({ said, members }: OutsideGroup): Resource => ({
  displayName: said.displayName,
  ...(said.externalId === null ? {} : { externalId: said.externalId }),
  members: members.map(({ id }) => ({ value: id })),
});

const groupVersion = ({ id, said, members }: OutsideGroup): string =>
  versionOf({ id, said, members: members.map((member) => member.id).toSorted() });

/** What the store looks for; `undefined`: no group can fit. */
function whichGroups(filter: Filter): { readonly id?: string; readonly member?: string } | undefined {
  const wanted = needed(filter);
  const [id, member] = ['id', 'members.value'].map((name) => wanted.get(name));
  if ((id !== undefined && !isId(id)) || (member !== undefined && !isId(member))) return undefined;
  return { ...(id === undefined ? {} : { id }), ...(member === undefined ? {} : { member }) };
}
