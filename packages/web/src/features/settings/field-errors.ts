import { troubleOf } from '../../api/trouble.ts';
import type { Trouble } from '../../ui/problem.tsx';

/** What was refused, at the field that it is about; `rest` is what no field of the form says. Nothing is said twice. */
export type FieldErrors = {
  at: (field: string) => string | undefined;
  rest: Trouble | null;
};

/** `fields` are those that the form shows; `roles` takes what is said of `roles.2` too. */
export const fieldErrors = (error: unknown, fields: readonly string[]): FieldErrors => {
  const problem = troubleOf(error);
  const errors = problem?.errors ?? [];
  const belongs = (at: string, field: string): boolean => at === field || at.startsWith(`${field}.`);
  const isSaid = ({ at }: { at: string }): boolean => fields.some((field) => belongs(at, field));
  const all = errors.length > 0 && errors.every(isSaid);
  return {
    at: (field) => errors.find(({ at }) => belongs(at, field))?.message,
    rest:
      problem === null || all
        ? null
        : { ...problemOf(problem), errors: errors.filter((one) => !isSaid(one)) },
  };
};

/** A problem is an error with getters of its own: what the box shows of it. */
const problemOf = ({ title, detail, id }: Trouble): Trouble => ({ title, detail, id });
