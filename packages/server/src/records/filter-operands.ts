import { parseDay } from '@throughline/domain/day.ts';
import { answers, type Field } from '@throughline/domain/kinds/fields.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { isId, readMoment } from '@throughline/domain/kinds/values.ts';
import { expected, shown } from '@throughline/domain/text.ts';

/**
 * Why an operand cannot be meant, or nothing where it can: a slip of the finger would else read as "none match", which
 * in a pipeline says that all is well. Empty text stands for nothing there; `contains` takes any text.
 */
export function operandProblem(
  kind: Kind,
  { part, operator }: { readonly part: string; readonly operator: string },
  operand: string,
): string | null {
  if (operand === '' || operator === 'contains') return null;
  if (part === 'state') return oneOf(Object.keys(kind.lifecycle.states), operand);
  const field =
    kind.fields[part === 'title' ? kind.title : part === 'owner' ? (kind.owner ?? 'owner') : part];
  // A relation: its records are looked up by ref or id, which says what is wrong with a name.
  if (!field) return null;
  return valueProblem(field, operand);
}

function valueProblem(field: Field, operand: string): string | null {
  switch (field.type) {
    case 'choice':
    case 'choices':
      return oneOf(
        field.options.map(({ id }) => id),
        operand,
      );
    case 'answer':
      return oneOf(answers, operand);
    case 'day':
      return problemOf(parseDay(operand));
    case 'moment':
      return problemOf(readMoment(operand));
    case 'number':
      return operand.trim() !== '' && Number.isFinite(Number(operand)) ? null : expected.number;
    case 'member':
      return isId(operand) ? null : 'A person is named by the id of the member, or "me".';
    default:
      return null;
  }
}

function problemOf(read: object): string | null {
  return 'problem' in read && typeof read.problem === 'string' ? read.problem : null;
}

function oneOf(known: readonly string[], operand: string): string | null {
  return known.includes(operand) ? null : `"${shown(operand)}" is none of: ${known.join(', ')}.`;
}
