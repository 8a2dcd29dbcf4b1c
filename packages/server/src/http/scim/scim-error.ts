import { DomainError, type ErrorCode } from '@throughline/domain/errors.ts';
import { problemOf, WrongMethod } from '../problem.ts';

/** Kinds of refusals that RFC 7644 §3.12 names. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive';

/** A refusal in the words of the protocol: what a path, a filter or a body cannot be. */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly status: number;
  readonly scimType: ScimType | undefined;
  constructor(status: number, scimType: ScimType | undefined, detail: string) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}

export const wrong = (scimType: ScimType, detail: string): ScimError => new ScimError(400, scimType, detail);

export type Refusal = {
  readonly status: number;
  readonly body: {
    readonly schemas: readonly string[];
    readonly status: string;
    readonly scimType?: ScimType;
    readonly detail: string;
  };
  readonly headers: Readonly<Record<string, string>>;
  /** An error of ours: logged in full, shown as nothing but the request's id. */
  readonly unexpected: boolean;
};

/** Turns whatever was thrown into the error that is sent (RFC 7644 §3.12). */
export function refusalOf(error: unknown, request: string): Refusal {
  if (error instanceof ScimError) return refusal(error.status, error.scimType, error.message);
  const { body, headers, unexpected } = problemOf(error, request);
  const known = error instanceof DomainError ? kindOf(error) : undefined;
  const scimType = known ?? byCode[body.code];
  const status = error instanceof WrongMethod ? 405 : body.status === 422 ? 400 : body.status;
  return { ...refusal(status, scimType, body.detail), headers, unexpected };
}

/** Refusals of the door have codes of their own; the protocol knows fewer. */
const byCode: Partial<Readonly<Record<ErrorCode | 'wrong-method' | 'internal', ScimType>>> = {
  malformed: 'invalidSyntax',
  unprocessable: 'invalidValue',
};

/** A name or an address that somebody has is a matter of uniqueness; any other conflict has no type (RFC 7644 table 9). */
function kindOf({ code, items }: DomainError): ScimType | undefined {
  const unique = ['userName', 'emails', 'name'];
  return code === 'conflict' && items.some(({ at }) => unique.includes(at)) ? 'uniqueness' : undefined;
}

function refusal(status: number, scimType: ScimType | undefined, detail: string): Refusal {
  return {
    status,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      ...(scimType === undefined ? {} : { scimType }),
      detail,
    },
    headers: {},
    unexpected: false,
  };
}
