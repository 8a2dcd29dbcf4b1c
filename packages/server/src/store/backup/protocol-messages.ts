import type { Duplex } from 'node:stream';

/** Type bytes of messages from the server (PostgreSQL, Frontend/Backend Protocol, Message Formats). */
export const messageTypes = { copyData: 0x64, readyForQuery: 0x5a } as const;
/** A message's type, and its length, which counts itself. */
const headBytes = 5;

type Hears = (bytes: Buffer) => void;

/**
 * Reads a connection's messages in place of its client from now until the server is ready for the next query: rows of a
 * COPY come by the hundred thousand, and an object and an event for each costs more than reading them. The bytes of each
 * row go to `row`; every other message goes on to the client as it came.
 */
export class CopyMessages {
  readonly #stream: Duplex;
  readonly #others: readonly Hears[];
  readonly #row: (bytes: Buffer, start: number, end: number) => void;
  readonly #hear: Hears = (bytes) => this.#take(bytes);
  /** What has come of a message that is not whole yet, and how much of it is needed to go on. */
  #parts: Buffer[] = [];
  #length = 0;
  #wanted = headBytes;

  constructor(stream: Duplex, row: (bytes: Buffer, start: number, end: number) => void) {
    this.#stream = stream;
    this.#row = row;
    this.#others = hearersOf(stream);
    for (const other of this.#others) stream.off('data', other);
    stream.on('data', this.#hear);
  }

  /** Gives the messages back to the client. */
  end(): void {
    if (!this.#stream.listeners('data').includes(this.#hear)) return;
    this.#stream.off('data', this.#hear);
    for (const other of this.#others) this.#stream.on('data', other);
  }

  #take(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return;
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts, this.#length);
    let at = 0;
    this.#wanted = headBytes;
    while (bytes.length - at >= headBytes) {
      const whole = 1 + bytes.readUInt32BE(at + 1);
      if (bytes.length - at < whole) {
        this.#wanted = whole;
        break;
      }
      const type = bytes[at];
      const end = at + whole;
      if (type === messageTypes.copyData) this.#row(bytes, at + headBytes, end);
      else this.#pass(bytes.subarray(at, type === messageTypes.readyForQuery ? bytes.length : end), type);
      if (type === messageTypes.readyForQuery) return;
      at = end;
    }
    this.#parts = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#length = bytes.length - at;
  }

  /** With the last message goes all that came behind it: nothing of it is ours. */
  #pass(bytes: Buffer, type: number | undefined): void {
    if (type === messageTypes.readyForQuery) this.end();
    for (const other of this.#others) other(bytes);
  }
}

/** `pg` hears the bytes of its connection alone, and takes a buffer. */
function hearersOf(stream: Duplex): Hears[] {
  return stream.listeners('data').map((hears) => hears as Hears);
}
