import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Connection, Submittable } from 'pg';

/** What rows are gathered into before they go on: the server sends each in a message of its own. */
const pieceBytes = 262_144;

/**
 * The rows that COPY … TO STDOUT answers with, as a client of `pg` runs it. The methods are what the client calls as
 * messages come (PostgreSQL, Frontend/Backend Protocol, COPY Operations).
 */
export class CopyOut extends Readable implements Submittable {
  readonly #text: string;
  #connection: Connection | undefined;
  #piece = Buffer.allocUnsafe(pieceBytes);
  #length = 0;

  constructor(text: string) {
    super({ highWaterMark: 4 * pieceBytes });
    this.#text = text;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.#text);
  }

  override _read(): void {
    this.#connection?.stream.resume();
  }

  /** The bytes are a view of what the client reads into next: they are copied at once. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#length + chunk.length > this.#piece.length) this.#pass();
    if (chunk.length > this.#piece.length) {
      this.#give(Buffer.from(chunk));
      return;
    }
    this.#length += chunk.copy(this.#piece, this.#length);
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
    this.destroy(error);
  }

  #pass(): void {
    if (this.#length === 0) return;
    const piece = this.#piece.subarray(0, this.#length);
    this.#piece = Buffer.allocUnsafe(pieceBytes);
    this.#length = 0;
    this.#give(piece);
  }

  #give(bytes: Buffer): void {
    if (!this.push(bytes)) this.#connection?.stream.pause();
  }
}

const messages = { data: 0x64, done: 0x63, fail: 0x66 } as const;

/** COPY … FROM STDIN, as a client of `pg` runs it. */
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

  /** Sends everything, no faster than it is taken; answers how many rows were kept. What `lines` throws ends the copy. */
  async send(lines: AsyncIterable<Buffer>): Promise<number> {
    const { stream } = await this.#ready.promise;
    try {
      for await (const chunk of lines) {
        if (this.#failed) break;
        stream.write(header(messages.data, chunk.length));
        if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), this.#ended.promise]);
      }
    } catch (error) {
      if (!this.#failed) {
        stream.write(header(messages.fail, 1));
        stream.write(Buffer.of(0));
      }
      throw error;
    }
    if (!this.#failed) stream.write(header(messages.done, 0));
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
