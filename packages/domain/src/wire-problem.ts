import type { ErrorCode, ErrorItem } from './errors.ts';

/** RFC 9457 problem. `instance` is the request's id, for a person to quote. */
export type ProblemWire = {
  type: string;
  title: string;
  status: number;
  code: ErrorCode | 'wrong-method' | 'internal';
  detail: string;
  instance: string;
  errors: readonly ErrorItem[];
  facts?: Readonly<Record<string, unknown>>;
};
