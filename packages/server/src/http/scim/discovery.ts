import { maxCount } from './list.ts';
import type { Resource } from './patch.ts';
import { type Attribute, groupSchema, type ResourceSchema, userSchema } from './schemas.ts';

const urn = 'urn:ietf:params:scim:schemas:core:2.0:';
const schemas = [userSchema, groupSchema];

/** What is offered and what is not (RFC 7643 §5): clients ask before they try. */
export function serviceProviderConfig(base: string, guide: string): Resource {
  return {
    schemas: [`${urn}ServiceProviderConfig`],
    documentationUri: guide,
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: maxCount },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Token for provisioning',
        description: 'An API token whose scope is provisioning, as Authorization: Bearer TOKEN (RFC 6750).',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

export function resourceTypes(base: string): Resource[] {
  return schemas.map(({ id, name, description }) => ({
    schemas: [`${urn}ResourceType`],
    id: name,
    name,
    description,
    endpoint: `/${name}s`,
    schema: id,
    schemaExtensions: [],
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  }));
}

export function schemaResources(base: string): Resource[] {
  return schemas.map((schema) => schemaResource(schema, base));
}

function schemaResource({ id, name, description, attributes }: ResourceSchema, base: string): Resource {
  return {
    schemas: [`${urn}Schema`],
    id,
    name,
    description,
    attributes: attributes.map(told),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  };
}

/** Text alone says whether case matters and whether it is one of its kind (RFC 7643 §7). */
function told({ subAttributes, caseExact, uniqueness, ...attribute }: Attribute): Resource {
  const text = attribute.type === 'string' || attribute.type === 'reference' ? { caseExact, uniqueness } : {};
  return { ...attribute, ...text, ...(subAttributes ? { subAttributes: subAttributes.map(told) } : {}) };
}
