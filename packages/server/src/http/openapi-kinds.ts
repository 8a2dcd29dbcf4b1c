import { answers, type Field } from '@throughline/domain/kinds/fields.ts';
import type { Registry } from '@throughline/domain/registry.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** The fields of every kind as JSON Schema, under `fields-KIND`. */
export function kindSchemas(registry: Registry): Record<string, JsonSchema> {
  return Object.fromEntries(
    registry.kinds.map((kind) => [
      `fields-${kind.name}`,
      {
        type: 'object',
        description: kind.purpose,
        additionalProperties: false,
        properties: Object.fromEntries(
          Object.entries(kind.fields).map(([name, field]) => [name, fieldSchema(field)]),
        ),
      },
    ]),
  );
}

/** A field as a client may send it; `null` clears it. */
function fieldSchema(field: Field): JsonSchema {
  const { type, ...rest } = valueSchema(field);
  const about = field.help ? { description: field.help } : {};
  const clearable = type === undefined ? {} : { type: [type, 'null'] };
  const values = 'enum' in rest && Array.isArray(rest.enum) ? { enum: [...rest.enum, null] } : {};
  return { title: field.label, ...about, ...rest, ...clearable, ...values };
}

function valueSchema(field: Field): JsonSchema {
  const text = { type: 'string' };
  switch (field.type) {
    case 'line':
    case 'text':
      return { ...text, maxLength: field.max };
    case 'url':
      return { ...text, format: 'uri', maxLength: 2000 };
    case 'choice':
      return { ...text, enum: field.options.map((option) => option.id) };
    case 'answer':
      return { ...text, enum: [...answers] };
    case 'choices':
      return { type: 'array', items: { ...text, enum: field.options.map((option) => option.id) } };
    case 'day':
      return { ...text, pattern: '^\\d{4}(-Q[1-4]|-\\d{2}(-\\d{2})?)?$' };
    case 'moment':
      return { ...text, format: 'date-time' };
    case 'number':
      return {
        type: field.whole ? 'integer' : 'number',
        ...(field.min === undefined ? {} : { minimum: field.min }),
        ...(field.max === undefined ? {} : { maximum: field.max }),
      };
    case 'member':
    case 'file':
      return { ...text, format: 'uuid' };
    case 'list':
      return { type: 'array', maxItems: field.max, items: { ...text, maxLength: 300 } };
    case 'catalogue':
      return field.many ? { type: 'array', maxItems: 100, items: text } : text;
    case 'rows':
      return { type: 'array', maxItems: 200, items: rowSchema(field.columns) };
  }
}

function rowSchema(columns: Readonly<Record<string, Field>>): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, fieldSchema(column)]),
    ),
  };
}
