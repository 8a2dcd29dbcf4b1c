/** A row as COPY writes it in its binary format, column by column; `null` is no value. */
export type CopiedRow = readonly (Buffer | null)[];

/** Rows out of their bytes (PostgreSQL, COPY, Binary Format, without head and end). */
export function rowsOf(bytes: Buffer): CopiedRow[] {
  const rows: CopiedRow[] = [];
  for (let at = 0; at < bytes.length; ) {
    const columns = bytes.readInt16BE(at);
    at += 2;
    const row: (Buffer | null)[] = [];
    for (let column = 0; column < columns; column += 1) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row.push(length < 0 ? null : bytes.subarray(at, at + length));
      at += Math.max(0, length);
    }
    rows.push(row);
  }
  return rows;
}

export function bytesOf(rows: readonly CopiedRow[]): Buffer {
  return Buffer.concat(
    rows.flatMap((row) => {
      const count = Buffer.alloc(2);
      count.writeInt16BE(row.length);
      return [count, ...row.flatMap(valueBytes)];
    }),
  );
}

function valueBytes(value: Buffer | null): Buffer[] {
  const length = Buffer.alloc(4);
  length.writeInt32BE(value === null ? -1 : value.length);
  return value === null ? [length] : [length, value];
}
