import { Socket } from 'node:net';

type Written = (error?: Error | null) => void;

/**
 * A socket that sends in one go what is written to it in one turn: the beginning of a transaction with its first
 * statement, statements that do not wait for each other. Every write of its own wakes the server's process up, and on a
 * busy machine costs more than what is written.
 */
export class GatheringSocket extends Socket {
  #gathers = false;

  constructor() {
    super();
    // Connecting puts the method of every socket back in the place of one's own.
    this.once('connect', () => {
      this.write = GatheringSocket.prototype.write;
    });
  }

  override write(chunk: Uint8Array | string, done?: Written): boolean;
  override write(chunk: Uint8Array | string, encoding?: BufferEncoding, done?: Written): boolean;
  override write(chunk: Uint8Array | string, encoding?: BufferEncoding | Written, done?: Written): boolean {
    if (!this.#gathers) {
      this.#gathers = true;
      this.cork();
      // Behind whatever the promises of this turn still write.
      process.nextTick(() => {
        this.#gathers = false;
        this.uncork();
      });
    }
    return typeof encoding === 'string'
      ? super.write(chunk, encoding, done)
      : super.write(chunk, encoding ?? done);
  }
}
