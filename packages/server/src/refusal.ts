import { EmbeddedDatabaseError, errorCode } from './store/embedded/failure.ts';
import { DatabaseRefused } from './store/open-database.ts';

const cannotListen: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another program listens there already. Stop it, or set PORT to another number.',
  EADDRNOTAVAIL: 'HOST is no address of this machine.',
  EACCES: 'This account may not listen there. Set PORT to a number from 1024 on.',
};

/** Why the database cannot be used, in one line for the person who can mend it; nothing for any other error. */
export function whyNoDatabase(error: unknown): string | undefined {
  return error instanceof DatabaseRefused || error instanceof EmbeddedDatabaseError
    ? error.message
    : undefined;
}

/** Why the server cannot listen where it was told to; nothing for any other error. */
export function whyNoListening(error: unknown): string | undefined {
  const reason = cannotListen[errorCode(error)];
  return reason && error instanceof Error ? `${reason} (${error.message})` : undefined;
}
