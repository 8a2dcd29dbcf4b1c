import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Connection, Submittable } from 'pg';
import { CopyMessages } from './protocol-messages.ts';

/** Rows as COPY writes them in its binary format, without the head and the end that COPY puts around all of them. */
export type RowBytes = {
  readonly bytes: Buffer;
  /** How many rows end in these bytes. */
  readonly rows: number;
};

/** What rows are gathered into before they go on: the server sends each in a message of its own. */
const pieceBytes = 262_144;
/** PostgreSQL, COPY, Binary Format: a signature of 11 bytes, flags, and the length of an extension that nobody uses. */
const fileHead = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** The number of columns of a row that is none. */
const noRow = 0xffff;
const fileEnd = Buffer.of(0xff, 0xff);

/**
 * The rows that COPY … TO STDOUT (FORMAT BINARY) answers with, as a client of `pg` runs it: a stream of `RowBytes`. The
 * methods are what the client calls as messages come (PostgreSQL, Frontend/Backend Protocol, COPY Operations).
 */
export class CopyOut extends Readable implements Submittable {
  readonly #text: string;
  #connection: Connection | undefined;
  #messages: CopyMessages | undefined;
  #begun = false;
  #piece = Buffer.allocUnsafe(pieceBytes);
  #length = 0;
  #rows = 0;

  constructor(text: string) {
    super({ objectMode: true, highWaterMark: 4 });
    this.#text = text;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    this.#messages = new CopyMessages(connection.stream, (bytes, start, end) =>
      this.#take(bytes, start, end),
    );
    connection.query(this.#text);
  }

  override _read(): void {
    this.#connection?.stream.resume();
  }

  /** One message is one row; the head comes before the first. The bytes are a view of what came, for now alone. */
  #take(bytes: Buffer, from: number, end: number): void {
    const start = this.#begun ? from : from + fileHead.length;
    this.#begun = true;
    const length = end - start;
    if (length === 0 || (length === 2 && bytes.readUInt16BE(start) === noRow)) return;
    if (this.#length + length > this.#piece.length) this.#pass();
    if (length > this.#piece.length) {
      this.#give({ bytes: Buffer.from(bytes.subarray(start, end)), rows: 1 });
      return;
    }
    bytes.copy(this.#piece, this.#length, start, end);
    this.#length += length;
    this.#rows += 1;
  }

  handleCommandComplete(): void {
    this.#pass();
  }

  handleReadyForQuery(): void {
    this.#connection = undefined;
    this.push(null);
  }

  handleError(error: Error): void {
    this.#connection = undefined;
    // Where the connection itself has ended, nothing comes any more that would say so.
    if (!('severity' in error)) this.#messages?.end();
    this.destroy(error);
  }

  #pass(): void {
    if (this.#length === 0) return;
    const bytes = this.#piece.subarray(0, this.#length);
    const rows = this.#rows;
    this.#piece = Buffer.allocUnsafe(pieceBytes);
    this.#length = 0;
    this.#rows = 0;
    this.#give({ bytes, rows });
  }

  #give(piece: RowBytes): void {
    if (!this.push(piece)) this.#connection?.stream.pause();
  }
}

const messages = { data: 0x64, done: 0x63, fail: 0x66 } as const;

/** COPY … FROM STDIN (FORMAT BINARY), as a client of `pg` runs it. */
export class CopyIn implements Submittable {
  readonly #text: string;
  readonly #ready = Promise.withResolvers<Connection>();
  readonly #ended = Promise.withResolvers<number>();
  #rows = 0;
  #failed = false;

  constructor(text: string) {
    this.#text = text;
    // Both are heard by `send`; which one first is for the server to say.
    void Promise.allSettled([this.#ready.promise]);
    void Promise.allSettled([this.#ended.promise]);
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  /** Sends rows, no faster than they are taken; answers how many were kept. What `pieces` throws ends the copy. */
  async send(pieces: AsyncIterable<Buffer>): Promise<number> {
    const { stream } = await this.#ready.promise;
    const data = (bytes: Buffer): boolean => {
      stream.write(header(messages.data, bytes.length));
      return stream.write(bytes);
    };
    try {
      data(fileHead);
      let taken: Promise<unknown> = Promise.resolve();
      for await (const piece of pieces) {
        // The next piece is made while the server still takes this one.
        await taken;
        if (this.#failed) break;
        if (data(piece)) continue;
        taken = Promise.race([once(stream, 'drain'), this.#ended.promise]);
        void Promise.allSettled([taken]);
      }
    } catch (error) {
      if (!this.#failed) {
        stream.write(header(messages.fail, 1));
        stream.write(Buffer.of(0));
      }
      throw error;
    }
    if (!this.#failed) {
      data(fileEnd);
      stream.write(header(messages.done, 0));
    }
    return this.#ended.promise;
  }

  handleCopyInResponse(connection: Connection): void {
    this.#ready.resolve(connection);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(/^COPY (\d+)$/.exec(text)?.[1]);
  }

  handleReadyForQuery(): void {
    this.#ended.resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#failed = true;
    this.#ready.reject(error);
    this.#ended.reject(error);
  }
}

/** A message's type and length; the length counts itself. */
function header(type: number, bytes: number): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(type, 0);
  head.writeUInt32BE(bytes + 4, 1);
  return head;
}
