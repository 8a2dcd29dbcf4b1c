import { DomainError, type ErrorCode, type ErrorItem } from '@throughline/domain/errors.ts';
import { shown } from '@throughline/domain/text.ts';
import { CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { databaseRefusal } from '../database-refusal.ts';
import { exitCodes } from '../exit-codes.ts';
import { FactorKeyRefused } from '../features/sign-in/factor-key.ts';
import { whyNoDatabase } from '../refusal.ts';

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A refusal of the command line itself: one line, and what else there is to say. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  readonly code: ExitCode;
  readonly items: readonly ErrorItem[];
  constructor(code: ExitCode, message: string, items: readonly ErrorItem[] = []) {
    super(message);
    this.code = code;
    this.items = items;
  }
}

export const usage = (message: string): CommandRefused => new CommandRefused(exitCodes.usage, message);

/** Told already, on the way: only the code is left to say. */
export class Ended extends Error {
  override readonly name = 'Ended';
  readonly code: ExitCode;
  constructor(code: ExitCode) {
    super('');
    this.code = code;
  }
}

const exits: Readonly<Partial<Record<ErrorCode, ExitCode>>> = {
  'not-found': exitCodes.notFound,
  unavailable: exitCodes.database,
};

const itemsShown = 20;

export type Said = { readonly code: ExitCode; readonly lines: readonly string[] };

/** What an error says on the terminal and to the caller. A stack is shown for an error of ours alone. */
export function saidOf(error: unknown): Said {
  if (error instanceof Ended) return { code: error.code, lines: [] };
  // Commander has printed what it had to say.
  if (error instanceof CommanderError)
    return { code: error.exitCode === 0 ? exitCodes.ok : exitCodes.usage, lines: [] };
  if (error instanceof CommandRefused) return { code: error.code, lines: linesOf(error) };
  if (error instanceof ConfigError) return { code: exitCodes.usage, lines: [error.message] };
  if (error instanceof FactorKeyRefused) return { code: exitCodes.refused, lines: [error.message] };
  const database = whyNoDatabase(error);
  if (database !== undefined) return { code: exitCodes.database, lines: [database] };
  const refused = error instanceof DomainError ? error : away(error);
  if (refused) return { code: exits[refused.code] ?? exitCodes.refused, lines: linesOf(refused) };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: exitCodes.failed, lines: ['Throughline failed. This is an error of ours:', trace] };
}

/** Of what PostgreSQL refuses, only that it is not there is nobody's error; all else shows where it came from. */
function away(error: unknown): DomainError | undefined {
  const refused = databaseRefusal(error);
  return refused?.code === 'unavailable' ? refused : undefined;
}

function linesOf(error: { message: string; items: readonly ErrorItem[] }): string[] {
  const [only, ...others] = error.items;
  if (only && others.length === 0 && only.message === error.message)
    return [`${shown(only.at)}: ${only.message}`];
  const items = error.items.slice(0, itemsShown).map((item) => `  ${shown(item.at)}: ${item.message}`);
  const rest = error.items.length - items.length;
  return [error.message, ...items, ...(rest > 0 ? [`  and ${rest} more`] : [])];
}
