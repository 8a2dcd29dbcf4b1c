import { ConfigError, readConfig } from './config.ts';
import { exitCodes } from './exit-codes.ts';
import { FactorKeyRefused } from './features/sign-in/factor-key.ts';
import { giveMemoryBack } from './idle-memory.ts';
import { whyNoDatabase, whyNoListening } from './refusal.ts';
import { type Running, serve } from './serve.ts';

/** For the requests under way, then for PostgreSQL's own shutdown. What still runs then is cut off. */
const STOP_LIMIT_MS = 90_000;

let stopping = false;
let running: Running | undefined;

/** Once, however often it is asked: a terminal sends ctrl-C to every process of the command, and each passes it on. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (running) await close(running);
}

async function close(server: Running): Promise<void> {
  const limit = setTimeout(() => process.exit(1), STOP_LIMIT_MS);
  limit.unref();
  await server.stop();
}

/** In one piece, the address last: whoever waits for it has seen the link. */
function announce({ address, signInLink }: Running): void {
  const link = `Sign in once, as the first administrator, within 24 hours: ${signInLink}\n`;
  process.stdout.write(`${signInLink === undefined ? '' : link}Throughline is ready at ${address}\n`);
}

function complain(error: unknown): void {
  const { message, code } = forPeople(error);
  console.error(message ?? error);
  process.exitCode = code;
}

/** One line for what a person can mend; nothing for what is ours, which then shows where it came from. */
function forPeople(error: unknown): { message?: string | undefined; code: number } {
  if (error instanceof ConfigError) return { message: error.message, code: exitCodes.usage };
  if (error instanceof FactorKeyRefused) return { message: error.message, code: exitCodes.refused };
  const database = whyNoDatabase(error);
  if (database !== undefined) return { message: database, code: exitCodes.database };
  return { message: whyNoListening(error), code: exitCodes.failed };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stop().catch(complain));

try {
  const config = readConfig();
  const report = {
    line: (text: string) => console.log(text),
    failed: (error: unknown, request?: string) =>
      console.error(new Date().toISOString(), request ?? '', error),
  };
  running = await serve(config, report, () => stopping);
  if (running && stopping) await close(running);
  else if (running) {
    announce(running);
    giveMemoryBack();
  }
} catch (error) {
  complain(error);
}
