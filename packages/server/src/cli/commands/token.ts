import { addDays, parseDay } from '@throughline/domain/day.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { line, quoted } from '@throughline/domain/text.ts';
import { zoneOf } from '@throughline/domain/trace/zone.ts';
import { exitCodes } from '../../exit-codes.ts';
import { createToken, endToken, listTokens } from '../../features/tokens/tokens.ts';
import { tokenWire } from '../../http/present/people.ts';
import { CommandRefused } from '../refuse.ts';
import { momentText } from '../words/day.ts';
import { table } from '../words/table.ts';
import type { Work } from '../work.ts';

export type NewTokenOptions = {
  readonly role: readonly Role[];
  readonly name: string;
  readonly expires?: string;
  readonly json?: true;
};

/** `token create`: the secret alone on stdout, so that it can be put straight where it belongs. It is not kept. */
export async function createApiToken(work: Work, options: NewTokenOptions): Promise<void> {
  const { services, terminal, organisation } = work;
  const name = line(options.name, 200);
  if ('problem' in name) throw unprocessable([{ at: 'name', message: name.problem }]);
  if (name.value === '') throw unprocessable([{ at: 'name', message: 'A name says what the token is for.' }]);
  const made = await createToken(services, work.context(), {
    name: name.value,
    roles: [...new Set(options.role)],
    expiresAt: options.expires === undefined ? null : endOf(options.expires, organisation.timeZone),
  });
  if (options.json) terminal.json({ token: tokenWire(made.token), secret: made.secret });
  else terminal.print(made.secret);
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
  const items = (await listTokens(services, organisation.id)).map(tokenWire);
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
  const columns = ['Id', 'Name', 'Roles', 'Made', 'Works until', 'Last used', 'State'];
  const now = services.clock().toISOString();
  const rows = items.map((token) => [
    token.id,
    token.name,
    token.roles.join(', '),
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
  const known = (await listTokens(work.services, work.organisation.id)).find((token) => token.id === id);
  if (!known)
    throw new CommandRefused(
      exitCodes.notFound,
      `There is no token ${quoted(id)}. "throughline token list" shows their ids.`,
    );
  await endToken(work.services, work.context(), known.id);
  work.terminal.note(`The token ${quoted(known.name)} works no more.`);
}
