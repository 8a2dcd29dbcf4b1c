import { t } from '../../text/t.ts';
import type { Trouble } from '../../ui/problem.tsx';

export type Needed = Readonly<Record<string, string>>;
export const shortestPassword = 12;

/** What is missing before the server is asked: message by field. The password is counted in characters, as the server counts. */
export const missing = (values: Needed): Needed =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const length = [...value].length;
      if (value.trim() === '') return [[name, t('setup.needed')]];
      if (name === 'password' && length < shortestPassword)
        return [[name, t('setup.too-short', { n: length })]];
      return [];
    }),
  );

/** The server's refusals by the last part of their path: `person.name` is the field `name` of its group. */
export const refusedFields = (problem: Trouble | null): Needed =>
  Object.fromEntries((problem?.errors ?? []).map(({ at, message }) => [at, message]));
