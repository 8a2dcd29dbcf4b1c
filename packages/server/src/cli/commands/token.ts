import { addDays, parseDay } from '@throughline/domain/day.ts';
import { momentText } from '@throughline/domain/day-text.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { line, quoted } from '@throughline/domain/text.ts';
import type { TokenAct, TokenScope } from '@throughline/domain/token-scope.ts';
import { zoneOf } from '@throughline/domain/trace/zone.ts';
import { exitCodes } from '../../exit-codes.ts';
import { serviceAccountCalled } from '../../features/members/service-accounts.ts';
import {
  createToken,
  endToken,
  type Issued,
  listTokens,
  renewToken,
  type ShownToken,
} from '../../features/tokens/tokens.ts';
import { tokenWire } from '../../http/present/people.ts';
import { CommandRefused } from '../refuse.ts';
import { table } from '../words/table.ts';
import { askerOf, type Work } from '../work.ts';

export type NewTokenOptions = {
  readonly role: readonly Role[];
  readonly name: string;
  readonly expires?: string;
  readonly readOnly?: true;
  readonly kind?: readonly string[];
  readonly act?: readonly TokenAct[];
  readonly service?: string;
  readonly json?: true;
};

/** `token create`: the secret alone on stdout, so that it can be put straight where it belongs. It is not kept. */
export async function createApiToken(work: Work, options: NewTokenOptions): Promise<void> {
  const { services, organisation } = work;
  const name = line(options.name, 200);
  if ('problem' in name) throw unprocessable([{ at: 'name', message: name.problem }]);
  if (name.value === '') throw unprocessable([{ at: 'name', message: 'A name says what the token is for.' }]);
  const made = await createToken(services, work.context(), {
    name: name.value,
    roles: [...new Set(options.role)],
    scope: scopeOf(options),
    service:
      options.service === undefined
        ? null
        : await serviceAccountCalled(services, organisation.id, options.service),
    expiresAt: options.expires === undefined ? undefined : endOf(options.expires, organisation.timeZone),
  });
  tellSecret(work, made, options);
}

export type RotateTokenOptions = {
  readonly graceHours?: number;
  readonly expires?: string;
  readonly json?: true;
};

/** `token rotate ID`: another secret, alone on stdout; the one before works for the grace that is asked for. */
export async function rotateApiToken(work: Work, id: string, options: RotateTokenOptions): Promise<void> {
  const known = await knownToken(work, id);
  const renewed = await renewToken(work.services, work.context(), known.id, {
    graceHours: options.graceHours ?? 0,
    expiresAt: options.expires === undefined ? undefined : endOf(options.expires, work.organisation.timeZone),
  });
  tellSecret(work, renewed, options);
}

function tellSecret(work: Work, made: Issued, options: { readonly json?: true }): void {
  const { services, terminal } = work;
  if (options.json)
    terminal.json({ token: tokenWire(made, work.actor, services.clock()), secret: made.secret });
  else terminal.print(made.secret);
}

function scopeOf({ readOnly, kind, act }: NewTokenOptions): TokenScope {
  if (readOnly && act !== undefined)
    throw unprocessable([{ at: 'act', message: 'A token that only reads has its acts already.' }]);
  const acts = readOnly ? 'read-only' : (act ?? 'all');
  return { kinds: kind === undefined ? 'all' : [...new Set(kind)], acts };
}

/** The token works through this day, in the organisation's time zone. */
function endOf(day: string, timeZone: string): Date {
  const read = parseDay(day);
  if ('problem' in read) throw unprocessable([{ at: 'expires', message: read.problem }]);
  if (read.precision !== 'day')
    throw unprocessable([
      { at: 'expires', message: `${quoted(day)} is no single day. Use one such as 2027-02-28.` },
    ]);
  return new Date(zoneOf(timeZone).startOf(addDays(read.value, 1)));
}

/** `token list`: newest first, without the secrets, which nobody has. */
export async function listApiTokens(work: Work, options: { readonly json?: true }): Promise<void> {
  const { services, terminal, organisation } = work;
  const { tokens, names } = await listTokens(services, askerOf(work));
  const items = tokens.map((token) => tokenWire({ token, names }, work.actor, services.clock()));
  if (options.json) {
    terminal.json({ items });
    return;
  }
  if (items.length === 0) {
    terminal.print('There are no tokens.');
    return;
  }
  const at = (moment: string | null, none: string) =>
    moment === null ? none : momentText(moment, organisation.timeZone);
  const columns = ['Id', 'Name', 'Roles', 'Scope', 'Account', 'Made', 'Works until', 'Last used', 'State'];
  const now = services.clock().toISOString();
  const rows = items.map((token) => [
    token.id,
    token.name,
    token.roles.join(', '),
    scopeWords(token.scope),
    token.service?.name ?? '',
    at(token.createdAt, ''),
    at(token.expiresAt, 'no end'),
    at(token.usedAt, 'never'),
    token.revokedAt !== null
      ? 'revoked'
      : token.expiresAt !== null && token.expiresAt <= now
        ? 'expired'
        : 'works',
  ]);
  for (const one of table(
    columns.map((header) => ({ header })),
    rows,
    // Ids are copied from here: nothing is cut.
  ))
    terminal.print(one);
}

/** `token revoke ID`: ends it at once. */
export async function revokeApiToken(work: Work, id: string): Promise<void> {
  const known = await knownToken(work, id);
  await endToken(work.services, work.context(), known.id);
  work.terminal.note(`The token ${quoted(known.name)} works no more.`);
}

async function knownToken(work: Work, id: string): Promise<ShownToken['token']> {
  const { tokens } = await listTokens(work.services, askerOf(work));
  const known = tokens.find((token) => token.id === id);
  if (known) return known;
  throw new CommandRefused(
    exitCodes.notFound,
    `There is no token ${quoted(id)}. "throughline token list" shows their ids.`,
  );
}

function scopeWords({ kinds, acts }: TokenScope): string {
  const what = typeof acts === 'string' ? acts : acts.join(', ');
  return kinds === 'all' ? what : `${what} on ${kinds.join(', ')}`;
}
