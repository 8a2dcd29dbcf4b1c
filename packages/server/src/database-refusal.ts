import { DomainError } from '@throughline/domain/errors.ts';

/**
 * A net under the checks of the domain: what PostgreSQL refuses about values is the client's, by class of SQLSTATE
 * (22 data, 23 integrity, 54 limits); lost races and lost connections are worth trying again.
 */
export function databaseRefusal(error: unknown): DomainError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === '23505') return new DomainError('conflict', 'There is one like this already.');
  if (/^23/.test(code)) return new DomainError('conflict', 'It refers to something that is not there.');
  if (/^22/.test(code)) return new DomainError('unprocessable', 'A value in it cannot be kept.');
  if (/^54/.test(code)) return new DomainError('unprocessable', 'It is more than can be kept at once.');
  if (isAway(code, error.message)) {
    return new DomainError(
      'unavailable',
      'The database does not answer just now. Nothing was changed; try again.',
    );
  }
  return undefined;
}

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  '40001',
  '40P01',
  '53300',
  '57014',
]);

function isAway(code: string, message: string): boolean {
  return (
    awayCodes.has(code) ||
    /^(08|57P)/.test(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(message)
  );
}
