import type { Json } from '@throughline/domain/json.ts';
import type { Field } from '@throughline/domain/kinds/fields.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { tidyValue } from '../kinds/field-editor.tsx';
import { isDerived, isEmptyValue, isLocked } from '../kinds/parts.ts';

/** A field that a step needs and that a dialog can ask for. */
export type Needed = { name: string; field: Field };

/**
 * The fields that a step of the life cycle needs and the record does not have yet, as the server names them where they
 * alone stand in its way. Relations are not asked for here: what else a step needs is the server's refusal to say.
 */
export const neededFor = (
  kind: Pick<KindWire, 'fields' | 'transitions'>,
  record: Pick<RecordWire, 'fields' | 'transitions'>,
  transition: string,
): readonly Needed[] => {
  const asks = record.transitions.find(({ name }) => name === transition)?.asks;
  const requires = Object.hasOwn(kind.transitions, transition) ? kind.transitions[transition]?.requires : [];
  const blank = asks ?? (requires ?? []).filter((name) => isEmptyValue(record.fields[name]));
  return blank.flatMap((name) => {
    const field = kind.fields[name];
    // What a step says is written by nothing else, and is asked for with it.
    const given = field !== undefined && (asks === undefined ? !isLocked(field) : !isDerived(field));
    return given ? [{ name, field }] : [];
  });
};

/** Those of them that are still empty in what was typed. */
export const stillEmpty = (
  needed: readonly Needed[],
  typed: Readonly<Record<string, Json>>,
): readonly string[] =>
  needed
    .filter(({ name, field }) => isEmptyValue(tidyValue(field, typed[name] ?? null)))
    .map(({ name }) => name);
