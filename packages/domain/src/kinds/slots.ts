import { firstDay, precisionOf } from '../day.ts';
import type { Json } from '../json.ts';
import type { Field } from './fields.ts';
import type { Content, Kind } from './kind.ts';

/**
 * Slot values are order-preserving text in `collate "C"`: jsonb operators are not leakproof, so under row-level
 * security PostgreSQL would ignore an expression index (measured: 900 ms where 10 ms is possible).
 */
const slotLength = 120;
const precisionRank = { day: '0', month: '1', quarter: '2', year: '3' } as const;

/** The slot text of one value; `''` for a missing one. Equal values give equal text, order is kept. */
export function slotText(field: Field, value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return slotText(field, firstOf(value));
  switch (field.type) {
    case 'day':
      return typeof value === 'string' ? `${firstDay(value)}${precisionRank[precisionOf(value)]}` : '';
    case 'number':
      return typeof value === 'number' ? numberText(value) : '';
    case 'choice':
    case 'choices':
      return optionRank(
        field.options.map((option) => option.id),
        String(value),
      );
    case 'member':
    case 'file':
    case 'moment':
    case 'answer':
      return String(value);
    default:
      return foldText(String(value));
  }
}

/**
 * The 64 bits of a double, turned so that their hex digits sort as the numbers do: exact for every number, where adding
 * an offset would round decimals away.
 */
function numberText(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  const turned = value < 0 ? BigInt.asUintN(64, ~bits) : bits | (1n << 63n);
  return turned.toString(16).padStart(16, '0');
}

/** `Array.isArray` narrows a list of JSON to a list of anything. */
function firstOf(list: readonly Json[]): Json | undefined {
  return list[0];
}

const ascii = /^[ -~]*$/;

/** Case-folded, compatibility-normalised text, cut to the slot's length at a character's end. */
export function foldText(value: string): string {
  // What is ASCII is its own compatibility form, and each of its units a character.
  if (ascii.test(value)) return value.toLowerCase().trim().slice(0, slotLength);
  return [...value.normalize('NFKC').toLowerCase().trim()].slice(0, slotLength).join('');
}

function optionRank(ids: readonly string[], id: string): string {
  return `${String(ids.indexOf(id) + 1).padStart(2, '0')} ${id}`;
}

/** What a record has beside its content that an index may name. */
export type SlotFacts = { readonly state: string };

/** The values of `k1` to `k8` for a record, by the declaration's `index`. Slots beyond it stay `null`. */
export function slotsOf(kind: Kind, content: Content, facts: SlotFacts): (string | null)[] {
  return kind.index.map((name) => slotOf(kind, name, content, facts));
}

function slotOf(kind: Kind, name: string, content: Content, facts: SlotFacts): string {
  if (name === 'state') return optionRank(Object.keys(kind.lifecycle.states), facts.state);
  const part = name === 'title' ? kind.title : name === 'owner' ? (kind.owner ?? 'owner') : name;
  const field = kind.fields[part];
  if (field) return slotText(field, content.fields[part]);
  return content.links[part]?.[0] ?? '';
}

/** The slot text that a filter's operand means, so that `stage=operation` finds what was stored. */
export function slotOperand(kind: Kind, name: string, operand: string): string {
  if (name === 'state') return optionRank(Object.keys(kind.lifecycle.states), operand);
  const part = name === 'title' ? kind.title : name === 'owner' ? (kind.owner ?? 'owner') : name;
  const field = kind.fields[part];
  if (!field) return operand;
  if (field.type === 'number') return slotText(field, Number(operand));
  return slotText(field, operand);
}

/** Changes when the meaning of a kind's slots changes: the store then refills them in batches at start. */
export function slotSignature(kind: Kind): string {
  return kind.index
    .map((name) => {
      if (name === 'state') return `state(${Object.keys(kind.lifecycle.states).join(',')})`;
      const field = kind.fields[name === 'title' ? kind.title : name];
      const options = field && 'options' in field ? field.options.map((option) => option.id).join(',') : '';
      return `${name}:${field?.type ?? 'link'}(${options})`;
    })
    .join('|');
}
