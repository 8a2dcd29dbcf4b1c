import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '@throughline/domain/errors.ts';
import { readTable } from './read-table.ts';
import type { FileTable, ReadOptions } from './table.ts';

/** A class does not cross threads: a refusal is sent as its parts. */
export type FromWorker =
  | { readonly table: FileTable }
  | { readonly refused: Pick<DomainError, 'code' | 'message' | 'items'> };

export type ToWorker = { readonly bytes: Uint8Array; readonly name: string; readonly options: ReadOptions };

async function work(task: ToWorker): Promise<FromWorker> {
  try {
    return {
      table: await readTable(
        Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.length),
        task.name,
        task.options,
      ),
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { refused: { code: error.code, message: error.message, items: error.items } };
  }
}

if (!isMainThread && parentPort) parentPort.postMessage(await work(workerData));
