import type { Json } from '@throughline/domain/json.ts';
import { criteriaFaults } from '@throughline/domain/risk/criteria-faults.ts';

type Fields = Readonly<Record<string, Json>>;

/** What contradicts itself in a record while it is being written, by the server's own rules: kinds whose parts make one whole. */
const rules: Readonly<Record<string, (fields: Fields) => Readonly<Record<string, string>>>> = {
  'risk-criteria': criteriaFaults,
};

/** What is wrong with one field beside the others as they are typed; undefined where nothing is, or nobody can tell yet. */
export const faultAsYouGo = (kind: string, fields: Fields, name: string): string | undefined =>
  fields[name] === undefined || fields[name] === null ? undefined : rules[kind]?.(fields)[name];
