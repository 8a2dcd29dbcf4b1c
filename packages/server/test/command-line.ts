import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { runWords } from '../src/cli/main.ts';

const program = resolve(import.meta.dirname, '../bin/throughline.mjs');

export type Ran = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
};

export type Started = {
  readonly process: ReturnType<typeof spawn>;
  /** Waits until stderr has said something that matches. */
  says(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Ran>;
};

/** Starts the real program as a process of its own, in a directory that is not the checkout. */
export function startCommand(words: readonly string[], environment: Record<string, string>): Started {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: tmpdir(),
    env: { ...around(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString('utf8');
  });
  const ended = once(child, 'close').then(
    ([code]): Ran => ({ code: typeof code === 'number' ? code : -1, ...said }),
  );
  const waiting: { pattern: RegExp; resume: () => void }[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString('utf8');
    for (const one of waiting) if (one.pattern.test(said.err)) one.resume();
  });
  const says = (pattern: RegExp) => {
    const heard = new Promise<void>((resume) => {
      waiting.push({ pattern, resume });
      if (pattern.test(said.err)) resume();
    });
    const early = ended.then((ran) => {
      if (!pattern.test(ran.err)) throw new Error(`It ended with ${ran.code} and said: ${ran.err}`);
    });
    return Promise.race([heard, early]);
  };
  return { process: child, says, ended };
}

/** The real program to its end: for what a process alone shows, such as signals, codes and what stands beside it. */
export function runProgram(words: readonly string[], environment: Record<string, string>): Promise<Ran> {
  return startCommand(words, environment).ended;
}

/** The same command line in this process, into streams of its own; a process for each would cost a second of a core. */
export async function runCommand(
  words: readonly string[],
  environment: Record<string, string>,
): Promise<Ran> {
  const out = new Gathered();
  const err = new Gathered();
  const code = await runWords(words, { out, err, environment: { ...around(), ...environment } });
  return { code, out: out.text(), err: err.text() };
}

class Gathered extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** What a terminal of ours would have set, without what decides where a command works and how it looks. */
function around(): Record<string, string | undefined> {
  const { NO_COLOR: _, ...inherited } = process.env;
  return { ...inherited, DATABASE_URL: '' };
}
