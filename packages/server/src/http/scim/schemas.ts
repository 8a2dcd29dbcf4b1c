/** What is told of an attribute (RFC 7643 §7), and what filters, paths and bodies are read by. */
export type Attribute = {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex' | 'reference' | 'dateTime';
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readWrite' | 'readOnly' | 'immutable';
  readonly returned: 'default' | 'always';
  readonly uniqueness: 'none' | 'server';
  readonly subAttributes?: readonly Attribute[];
  readonly referenceTypes?: readonly string[];
};

export type ResourceSchema = {
  readonly id: string;
  readonly name: 'User' | 'Group';
  readonly description: string;
  readonly attributes: readonly Attribute[];
};

type Given = Partial<Omit<Attribute, 'name' | 'description'>>;

function attribute(name: string, description: string, given: Given = {}): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...given,
  };
}

const readOnly = { mutability: 'readOnly' } as const;
const reference = (name: string, description: string, referenceTypes: readonly string[]) =>
  attribute(name, description, { type: 'reference', caseExact: true, ...readOnly, referenceTypes });

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Attributes that every resource has (RFC 7643 §3.1); no schema lists them. */
export const commonAttributes: readonly Attribute[] = [
  attribute('schemas', 'The schemas of the resource.', {
    multiValued: true,
    ...readOnly,
    returned: 'always',
  }),
  attribute('id', 'The id here, which never changes.', { caseExact: true, ...readOnly, returned: 'always' }),
  attribute('externalId', 'The id where it comes from.', { caseExact: true }),
  attribute('meta', 'Where it is, since when, in which version.', {
    type: 'complex',
    ...readOnly,
    subAttributes: [
      attribute('resourceType', 'User or Group.', readOnly),
      attribute('created', 'Since when it is here.', { type: 'dateTime', ...readOnly }),
      attribute('lastModified', 'When provisioning changed it last.', { type: 'dateTime', ...readOnly }),
      attribute('location', 'Its address.', { type: 'reference', caseExact: true, ...readOnly }),
      attribute('version', 'Its version, as ETag names it.', { caseExact: true, ...readOnly }),
    ],
  }),
];

export const userSchema: ResourceSchema = {
  id: userUrn,
  name: 'User',
  description: 'A member of the organisation.',
  attributes: [
    attribute('userName', 'How the person signs in at the identity provider; one person here has it.', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('displayName', 'What the person is called here.'),
    attribute('name', 'The parts of the name.', {
      type: 'complex',
      subAttributes: [
        attribute('formatted', 'The name in one line.'),
        attribute('givenName', 'The given name.'),
        attribute('familyName', 'The family name.'),
      ],
    }),
    attribute('emails', 'Where the person is reached: the primary address, else the one for work.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        attribute('value', 'The address.', { required: true }),
        attribute('type', 'What it is for, such as work.'),
        attribute('primary', 'Whether it is the one to use.', { type: 'boolean' }),
      ],
    }),
    attribute('active', 'Whether the person has access. Without it, sessions and tokens end at once.', {
      type: 'boolean',
    }),
    attribute('groups', 'Groups that the person is in.', {
      type: 'complex',
      multiValued: true,
      ...readOnly,
      subAttributes: [
        attribute('value', 'The id of the group.', { caseExact: true, ...readOnly }),
        attribute('display', 'What the group is called.', readOnly),
        reference('$ref', 'The address of the group.', ['Group']),
      ],
    }),
  ],
};

export const groupSchema: ResourceSchema = {
  id: groupUrn,
  name: 'Group',
  description: 'A group of the organisation. An administrator gives it roles; they are not set from outside.',
  attributes: [
    attribute('displayName', 'What the group is called; one group here has it.', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('members', 'People in the group.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        attribute('value', 'The id of the member.', {
          required: true,
          caseExact: true,
          mutability: 'immutable',
        }),
        attribute('display', 'What the member is called.', readOnly),
        reference('$ref', 'The address of the member.', ['User']),
      ],
    }),
  ],
};

/** The attribute of a name, without regard to case (RFC 7643 §2.1). */
export function attributeNamed(
  attributes: readonly Attribute[] | undefined,
  name: string,
): Attribute | undefined {
  const wanted = name.toLowerCase();
  return attributes?.find((one) => one.name.toLowerCase() === wanted);
}

export const attributesOf = (schema: ResourceSchema): readonly Attribute[] => [
  ...commonAttributes,
  ...schema.attributes,
];
