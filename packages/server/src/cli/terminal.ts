import type { Writable } from 'node:stream';

export type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Where a command writes: results on stdout, everything about the work on stderr. */
export class Terminal {
  readonly #out: Stream;
  readonly #err: Stream;
  readonly #colour: boolean;
  readonly #progress: boolean;
  #line = '';
  #told = -1;
  #closed = false;

  constructor(streams: { out: Stream; err: Stream }, choice: { colour: boolean; progress: boolean }) {
    this.#out = streams.out;
    this.#err = streams.err;
    this.#colour = choice.colour && streams.out.isTTY === true;
    this.#progress = choice.progress || streams.err.isTTY === true;
    // `| head` has read what it wanted: what is left is for nobody, and that is no failure.
    this.#out.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      this.#closed = true;
    });
  }

  /** True once nobody reads stdout any more. */
  get closed(): boolean {
    return this.#closed;
  }

  get isTerminal(): boolean {
    return this.#out.isTTY === true;
  }

  /** Characters of a line; as many as are asked for where the result goes into a file or another program. */
  get width(): number {
    return this.#out.columns ?? Number.POSITIVE_INFINITY;
  }

  print(line = ''): void {
    this.clear();
    this.write(`${line}\n`);
  }

  write(text: string): void {
    if (!this.#closed) this.#out.write(text);
  }

  /** One JSON document: the whole of stdout. */
  json(value: unknown): void {
    this.clear();
    this.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Passes a stream on, no faster than it is read. */
  async pipe(chunks: AsyncIterable<unknown>): Promise<void> {
    this.clear();
    for await (const chunk of chunks) {
      if (this.#closed) return;
      if (!this.#out.write(chunk)) await this.#drained();
    }
  }

  #drained(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resume) => {
      for (const event of ['drain', 'close', 'error']) this.#out.once(event, () => resume());
    });
  }

  note(line: string): void {
    this.clear();
    this.#err.write(`${line}\n`);
  }

  /** How far long work is: on a terminal one line that changes, else a line for each tenth when it was asked for. */
  progress(message: string, done: number, total: number): void {
    if (!this.#progress) return;
    const part = total > 0 ? Math.floor((done / total) * 10) : 0;
    const count = total > 0 ? ` ${grouped(done)} of ${grouped(total)}` : '';
    const line = `${message}${count}`;
    if (this.#err.isTTY === true) {
      this.#err.write(`\r\u001b[K${line}`);
      this.#line = line;
    } else if (part !== this.#told || message !== this.#line) {
      this.#err.write(`${line}\n`);
      this.#line = message;
      this.#told = part;
    }
  }

  /** Takes the changing line away. */
  clear(): void {
    if (this.#line !== '' && this.#err.isTTY === true) this.#err.write('\r\u001b[K');
    this.#line = '';
  }

  bold(text: string): string {
    return this.#styled('1', text);
  }

  faint(text: string): string {
    return this.#styled('2', text);
  }

  red(text: string): string {
    return this.#styled('31', text);
  }

  green(text: string): string {
    return this.#styled('32', text);
  }

  amber(text: string): string {
    return this.#styled('33', text);
  }

  #styled(code: string, text: string): string {
    return this.#colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

const numbers = new Intl.NumberFormat('en');

/** A count as people read it: 2,133. */
export function grouped(value: number): string {
  return numbers.format(value);
}

/** "1 gap", "2,133 gaps". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}
