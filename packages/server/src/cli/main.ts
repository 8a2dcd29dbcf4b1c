import { program } from './program.ts';
import { saidOf } from './refuse.ts';

/** Runs one command line (without the program's own name). Sets the exit code; a server keeps the process alive. */
export async function main(words: readonly string[]): Promise<void> {
  try {
    await program().parseAsync([...words], { from: 'user' });
  } catch (error) {
    const { code, lines } = saidOf(error);
    for (const line of lines) process.stderr.write(`${line}\n`);
    process.exitCode = code;
  }
}
