import { type Attribute, attributeNamed, attributesOf, type ResourceSchema } from './schemas.ts';

/** A name as paths, filters and lists of attributes write it: `urn:…:User:name.givenName`, `name.givenName`, `name`. */
export const attributeName = /^(?:urn:[\w.:-]+:)?[A-Za-z$][\w$-]*(?:\.[A-Za-z$][\w$-]*)?/i;

/** What a name stands for in a schema; nothing where it is of another schema, or not kept. */
export function namedIn(name: string, schema: ResourceSchema): { attribute?: Attribute; sub?: Attribute } {
  const own = withoutUrn(name, schema);
  const [first = '', second] = own?.split('.') ?? [];
  const attribute = attributeNamed(attributesOf(schema), first);
  if (!attribute || second === undefined) return attribute ? { attribute } : {};
  const sub = attributeNamed(attribute.subAttributes, second);
  return sub ? { attribute, sub } : {};
}

/** The name without the schema that it is of, or nothing where that is another one. */
export function withoutUrn(name: string, schema: ResourceSchema): string | undefined {
  if (!/^urn:/i.test(name)) return name;
  const prefix = `${schema.id}:`;
  return name.toLowerCase().startsWith(prefix.toLowerCase()) ? name.slice(prefix.length) : undefined;
}
