import { program } from './program.ts';
import { type ExitCode, saidOf } from './refuse.ts';
import { type Shell, thisShell } from './shell.ts';

/** Runs one command line (without the program's own name). Sets the exit code; a server keeps the process alive. */
export async function main(words: readonly string[]): Promise<void> {
  const code = await runWords(words, thisShell());
  // A server that could not start has set its own.
  if (code !== 0) process.exitCode = code;
}

/** The same in any shell: answers the exit code, and throws nothing. */
export async function runWords(words: readonly string[], shell: Shell): Promise<ExitCode> {
  try {
    await program(shell).parseAsync([...words], { from: 'user' });
    return 0;
  } catch (error) {
    const { code, lines } = saidOf(error);
    for (const line of lines) shell.err.write(`${line}\n`);
    return code;
  }
}
