import { quoted } from '@throughline/domain/text.ts';
import { type Filter, type FilterReader, readFilterAt } from './filter.ts';
import { attributeName, namedIn, withoutUrn } from './names.ts';
import { type Attribute, attributeNamed, type ResourceSchema } from './schemas.ts';
import { wrong } from './scim-error.ts';

/** Where an operation acts: an attribute, a part of it, or those of its values that fit (RFC 7644 §3.10). */
export type Path = {
  readonly attribute: Attribute;
  readonly filter?: Filter;
  readonly sub?: Attribute;
};

/**
 * Reads a path of PATCH. `undefined`: an attribute that is not kept here, such as one of another schema; whoever sends
 * more than is kept is not refused. Throws `invalidPath` for what is no path at all.
 */
export function readPath(text: string, schema: ResourceSchema): Path | undefined {
  const reader: FilterReader = { text, at: 0, schema, left: 20 };
  const named = readName(reader);
  const { attribute, sub } = named;
  if (reader.text[reader.at] !== '[') {
    if (reader.at < text.length) throw notPath(text);
    if (!attribute) return undefined;
    return { attribute, ...(sub ? { sub } : {}) };
  }
  if (named.dotted) throw notPath(text);
  // The values of what is not kept are not looked into.
  if (!attribute) return undefined;
  if (!attribute.multiValued || !attribute.subAttributes) throw notPath(text);
  reader.at += 1;
  const filter = readFilterAt(reader, attribute.subAttributes, ']');
  const rest = text.slice(reader.at);
  if (rest === '') return { attribute, filter };
  const part = /^\.([A-Za-z$][\w$-]*)$/.exec(rest)?.[1];
  if (part === undefined) throw notPath(text);
  const found = attributeNamed(attribute.subAttributes, part);
  return found ? { attribute, filter, sub: found } : undefined;
}

function notPath(text: string) {
  return wrong('invalidPath', `${quoted(text)} is no path such as userName or emails[type eq "work"].value.`);
}

function readName(reader: FilterReader): { attribute?: Attribute; sub?: Attribute; dotted: boolean } {
  const name = attributeName.exec(reader.text.slice(reader.at))?.[0];
  if (name === undefined) throw notPath(reader.text);
  reader.at += name.length;
  return { ...namedIn(name, reader.schema), dotted: withoutUrn(name, reader.schema)?.includes('.') ?? false };
}
