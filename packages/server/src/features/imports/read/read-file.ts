import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DomainError } from '@throughline/domain/errors.ts';
import { queue } from '../../../queue.ts';
import { readTable } from './read-table.ts';
import type { FromWorker, ToWorker } from './read-worker.ts';
import { type FileTable, limits, type ReadOptions, tooLarge, unreadable } from './table.ts';

const inlineBytes = 512 * 1024;
const patience = 180_000;
const memory = { maxOldGenerationSizeMb: 2048 };

/** Gathers a stream, and stops reading it as soon as it is too large: a file of any size costs at most the limit. */
export async function collect(name: string, stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > limits.bytes) throw tooLarge(name, `The file has more than ${limits.bytes / 2 ** 20} MiB.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Reads a file without holding up the server: small separated values at once, all else in a thread of its own with its
 * own memory, so that a hostile workbook ends there and nowhere else.
 */
export function readFile(bytes: Buffer, name: string, options: ReadOptions = {}): Promise<FileTable> {
  const packed = bytes.subarray(0, 2).toString('latin1') === 'PK';
  return bytes.length <= inlineBytes && !packed
    ? readTable(bytes, name, options)
    : reading.take(() => inThread({ bytes, name, options }));
}

/** Each thread may take `memory`: no more than two read at once, whoever uploads. */
const reading = queue(2, 16, {
  retryAfter: 30,
  words: (busy) => `${busy} files are being read or wait for it. Send this one again in half a minute.`,
});

function inThread(task: ToWorker): Promise<FileTable> {
  const url = new URL(`./read-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(url, { workerData: task, resourceLimits: memory });
  const { promise, resolve, reject } = Promise.withResolvers<FileTable>();
  const timer = setTimeout(() => reject(tooLarge(task.name, 'Reading it takes too long.')), patience);
  worker.once('message', (answer: FromWorker) => {
    if ('table' in answer) resolve(answer.table);
    else reject(new DomainError(answer.refused.code, answer.refused.message, answer.refused.items));
  });
  worker.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? tooLarge(task.name, 'Reading it takes too much memory.')
        : error,
    ),
  );
  worker.once('exit', () => reject(unreadable(task.name, 'The file could not be read to its end.')));
  return promise.finally(() => {
    clearTimeout(timer);
    return worker.terminate();
  });
}
