import { createHash, type Hash } from 'node:crypto';
import type { RowBytes } from '../../store/backup/copy-streams.ts';
import type { Counted } from './head.ts';

/** Rows of a table as they pass: how many, and SHA-256 over their bytes. */
export class RowDigest {
  readonly #hash: Hash = createHash('sha256');
  #rows = 0;

  add({ bytes, rows }: RowBytes): void {
    this.#hash.update(bytes);
    this.#rows += rows;
  }

  get rows(): number {
    return this.#rows;
  }

  /** To be asked once, at the end; the digest is hex. */
  counted(table: string): Counted {
    return { table, rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}
