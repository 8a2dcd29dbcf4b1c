import { createHash, type Hash } from 'node:crypto';

const newline = 0x0a;

/** Rows of a table as they pass: how many, and SHA-256 over their bytes. In COPY's text format a row is a line. */
export class RowDigest {
  readonly #hash: Hash = createHash('sha256');
  #rows = 0;

  /** Answers how many rows end in these bytes. */
  add(bytes: Uint8Array): number {
    this.#hash.update(bytes);
    let rows = 0;
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) rows += 1;
    this.#rows += rows;
    return rows;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Hex. To be asked once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}
