import { createHash } from 'node:crypto';
import { isObject } from '@throughline/domain/json.ts';
import {
  formattedOf,
  isAddress,
  nameOf,
  type SaidEmail,
  type SaidName,
  type SaidUser,
} from '@throughline/domain/provisioning.ts';
import { line } from '@throughline/domain/text.ts';
import type { User } from '../../features/members/provision.ts';
import { booleanGiven, type Resource } from './patch.ts';
import { userUrn } from './schemas.ts';
import { wrong } from './scim-error.ts';

const maxEmails = 20;

/** What a resource, whole and by the names of the schema, says of a person. Throws `invalidValue` by name. */
export function readSaidUser(resource: Resource, usual: { readonly active: boolean }): SaidUser {
  return {
    userName: textNeeded(resource.userName, 'userName', 254),
    externalId: textGiven(resource.externalId, 'externalId', 254),
    displayName: textGiven(resource.displayName, 'displayName', 200),
    name: readName(isObject(resource.name) ? resource.name : {}),
    emails: readEmails(resource.emails),
    active: readActive(resource.active, usual.active),
  };
}

/** A name in one line that only puts the others together says nothing of its own: it follows them. */
function readName(given: Resource): SaidName {
  const name = {
    formatted: null,
    givenName: textGiven(given.givenName, 'name.givenName', 200),
    familyName: textGiven(given.familyName, 'name.familyName', 200),
  };
  const formatted = textGiven(given.formatted, 'name.formatted', 200);
  return formatted === formattedOf(name) ? name : { ...name, formatted };
}

function readActive(given: unknown, usual: boolean): boolean {
  if (given === undefined || given === null) return usual;
  const read = booleanGiven(given);
  if (typeof read === 'boolean') return read;
  throw wrong('invalidValue', 'active: this is true or false.');
}

function readEmails(given: unknown): SaidEmail[] {
  const emails = Array.isArray(given) ? given.filter(isObject) : [];
  if (emails.length > maxEmails) throw wrong('invalidValue', `emails: ${maxEmails} at most.`);
  return emails.flatMap(({ value, type, primary }) => {
    // An address that was taken away leaves its type behind.
    if (value === undefined || value === null || value === '') return [];
    const address = textNeeded(value, 'emails.value', 254).toLowerCase();
    if (!isAddress(address)) throw wrong('invalidValue', 'emails.value: this is no e-mail address.');
    return [
      { value: address, type: textGiven(type, 'emails.type', 60), primary: booleanGiven(primary) === true },
    ];
  });
}

export function textNeeded(given: unknown, at: string, max: number): string {
  const read = textGiven(given, at, max);
  if (read !== null) return read;
  throw wrong('invalidValue', `${at}: this is needed.`);
}

/** One line of text, or `null` where nothing was said. */
export function textGiven(given: unknown, at: string, max: number): string | null {
  if (given === undefined || given === null) return null;
  const read = line(given, max);
  if ('problem' in read) throw wrong('invalidValue', `${at}: ${read.problem}`);
  return read.value === '' ? null : read.value;
}

/** A person as they are answered. `base`: the address below which resources stand. */
export function userResource(user: User, base: string): Resource {
  const { id, said, createdAt, changedAt, groups } = user;
  const formatted = formattedOf(said.name);
  const { name, ...rest } = saidResource(said);
  return {
    schemas: [userUrn],
    id,
    ...rest,
    displayName: nameOf(said),
    ...(formatted === null ? {} : { name: { ...(isObject(name) ? name : {}), formatted } }),
    ...(groups.length === 0
      ? {}
      : {
          groups: groups.map((group) => ({
            value: group.id,
            display: group.name,
            $ref: `${base}/Groups/${group.id}`,
          })),
        }),
    meta: {
      resourceType: 'User',
      created: createdAt.toISOString(),
      ...(changedAt === null ? {} : { lastModified: changedAt.toISOString() }),
      location: `${base}/Users/${id}`,
      version: userVersion(user),
    },
  };
}

/** What was said and nothing that follows from it: what operations of a PATCH are carried out on. */
export function saidResource({
  userName,
  externalId,
  displayName,
  name,
  emails,
  active,
}: SaidUser): Resource {
  return present({
    userName,
    externalId,
    displayName,
    name: present(name),
    emails:
      emails.length === 0
        ? null
        : emails.map(({ primary, ...email }) => present({ ...email, primary: primary || null })),
    active,
  });
}

/** What is there: no member is `null` on the wire, and no part without parts is named (RFC 7643 §2.5). */
function present(members: Resource): Resource {
  const there = Object.entries(members).filter(
    ([, value]) => value !== null && !(isObject(value) && Object.keys(value).length === 0),
  );
  return Object.fromEntries(there);
}

/** A weak tag over what a provider reads of a person, groups left out: those change by themselves. */
export function userVersion({ id, said, changedAt }: User): string {
  return versionOf({ id, said, changedAt });
}

export function versionOf(content: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
  return `W/"${digest}"`;
}
