import { DomainError, type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { expected } from '@throughline/domain/text.ts';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Checks what a client sent against its shape; throws `unprocessable` with one item per field, in words. */
export function readShape<S extends z.ZodType>(shape: S, value: unknown): z.output<S> {
  // With the input, what is left out is told from what has another type.
  const read = shape.safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  throw unprocessable(read.error.issues.flatMap((issue) => itemsOf(issue, [])).slice(0, 50));
}

function itemsOf(issue: Issue, above: readonly PropertyKey[]): ErrorItem[] {
  const path = [...above, ...issue.path];
  const at = path.map(String).join('.').slice(0, 200);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        at: [...path.map(String), key].join('.').slice(0, 200),
        message: `"${key.slice(0, 60)}" is not known here.`,
      }));
    case 'invalid_union': {
      const closest = issue.errors.find((issues) => issues.every((inner) => inner.path.length > 0));
      return closest
        ? closest.flatMap((inner) => itemsOf(inner, path))
        : [{ at, message: 'This has none of the shapes that are taken here.' }];
    }
    default:
      return [{ at, message: messageOf(issue) }];
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: expected.text,
  number: expected.number,
  int: expected.wholeNumber,
  boolean: expected.trueOrFalse,
  array: expected.list,
  object: expected.object,
  record: expected.object,
};

function messageOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'This is needed.'
        : (typeNames[issue.expected] ?? 'Another type is expected here.');
    case 'invalid_value':
      return `One of: ${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return `At most ${String(issue.maximum)}${issue.origin === 'string' ? ' characters' : ''}.`;
    case 'too_small':
      return `At least ${String(issue.minimum)}${issue.origin === 'string' ? ' characters' : ''}.`;
    default:
      return issue.message;
  }
}

/** Query strings and path parameters reach text columns too. */
export function ensureClean(values: unknown): void {
  for (const [name, value] of Object.entries(values ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string' && (one.includes('\u0000') || !one.isWellFormed())) {
        throw new DomainError('unprocessable', 'The address holds a character that cannot be kept.', [
          { at: name.slice(0, 60), message: 'NUL and half characters cannot be kept.' },
        ]);
      }
    }
  }
}
