/**
 * Every way in which the management system says no. The doors map a code to a status once
 * (RFC 9457 on HTTP, an exit code on the command line); the domain knows neither.
 */
export const errorCodes = [
  'malformed', // the request could not be read at all
  'unprocessable', // read, but one or more fields cannot be taken
  'unauthenticated',
  'foreign-page', // a browser sends it for a page that is none of ours
  'forbidden',
  'out-of-scope', // the roles of a token would allow it, and its scope does not
  'second-factor-needed', // the organisation demands one, and whoever asks has none
  'step-up', // allowed, and the last proof of who asks is too old
  'not-found', // not there, or not for you: the same answer
  'conflict', // the state of the record does not allow it
  'other-organisation', // the page was loaded for another organisation than the session is in now
  'changed', // a lost race: somebody else wrote in between
  'version-required', // a change without saying which version it was made on
  'duplicate-request', // an idempotency key used again for something else
  'too-large',
  'unsupported', // a file or media type that cannot be read
  'too-many',
  'unavailable', // the database cannot answer just now; trying again is right
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** One thing wrong, and where. `at` is a field name, a row or a path such as `fields.startedOn`. */
export type ErrorItem = { readonly at: string; readonly message: string };

/** A refusal with its reasons in words that a person reads as they are. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly items: readonly ErrorItem[];
  /** Facts for a program: who could, which version stands, what it was. Never a secret, never a stack. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    items: readonly ErrorItem[] = [],
    facts: Record<string, unknown> = {},
  ) {
    super(message);
    this.code = code;
    this.items = items;
    this.facts = facts;
  }
}

export function unprocessable(items: readonly ErrorItem[]): DomainError {
  const first = items[0];
  const rest = items.length > 1 ? ` And ${items.length - 1} more.` : '';
  return new DomainError('unprocessable', `${first?.message ?? 'Nothing here can be taken.'}${rest}`, items);
}

/** The one answer for what does not exist and for what the caller may not see. */
export function notFound(): DomainError {
  return new DomainError('not-found', 'You cannot see this, or it does not exist.');
}

/** Of what somebody may see, but that was not on record yet at the moment asked for. */
export function notYet(at: Date): DomainError {
  return new DomainError('not-found', `Nothing of this was on record yet at ${at.toISOString()}.`);
}

/** Thrown inside a change whose request ran before: the door rebuilds the answer from what was made then. */
export class Replayed extends Error {
  override readonly name = 'Replayed';
  /** Id of the first thing the request made or changed; `null` when it changed nothing. */
  readonly subject: string | null;
  constructor(subject: string | null) {
    super('This request was carried out before');
    this.subject = subject;
  }
}
