import type { ErrorItem } from '@throughline/domain/errors.ts';
import { t } from '../text/t.ts';

/** One refusal inside a problem. `at` is the field, parameter or row it belongs to. */
export type FieldProblem = ErrorItem;

/** The members of an RFC 9457 problem as the server writes them. */
export type ProblemBody = {
  status: number;
  code: string;
  title: string;
  detail?: string;
  /** The request's id, for a person to quote. */
  id?: string;
  /** For a program: who could, which version stands. */
  facts?: Readonly<Record<string, unknown>>;
  errors: readonly FieldProblem[];
};

/** A refused request. `code` comes from the server's closed list, or is `offline` or `unreadable` where no problem arrived. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly id: string | undefined;
  readonly errors: readonly FieldProblem[];
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(body: ProblemBody, cause?: unknown) {
    super(body.detail ?? body.title, { cause });
    this.status = body.status;
    this.code = body.code;
    this.title = body.title;
    this.detail = body.detail;
    this.id = body.id;
    this.errors = body.errors;
    this.facts = body.facts ?? {};
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const fieldProblems = (value: unknown): FieldProblem[] => {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (!isObject(item)) return [];
    const message = textOf(item.message);
    return message === undefined ? [] : [{ at: textOf(item.at) ?? '', message }];
  });
};

/** The problem in a refused answer; an answer that is none becomes `unreadable`, so that no refusal is lost. */
export const problemFrom = (status: number, body: unknown): Problem => {
  const title = isObject(body) ? textOf(body.title) : undefined;
  if (!isObject(body) || title === undefined) {
    return new Problem({ status, code: 'unreadable', title: t('problem.unreadable'), errors: [] });
  }
  const detail = textOf(body.detail);
  const id = textOf(body.instance);
  return new Problem({
    status,
    code: textOf(body.code) ?? 'unreadable',
    title,
    errors: fieldProblems(body.errors),
    ...(detail === undefined ? {} : { detail }),
    ...(id === undefined ? {} : { id }),
    ...(isObject(body.facts) ? { facts: body.facts } : {}),
  });
};

/** No answer at all: the server is away, or the line to it. */
export const offlineProblem = (cause: unknown): Problem =>
  new Problem({ status: 0, code: 'offline', title: t('problem.offline'), errors: [] }, cause);
