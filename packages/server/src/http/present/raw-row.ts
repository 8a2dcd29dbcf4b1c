import type { RawRowWire } from '@throughline/domain/wire-import.ts';
import type { WroteRow } from '../../store/import-traces.ts';

/** A row of a file under its headings, without the cells that hold nothing. */
export function rawRowWire({ import: id, file, row, at, headers, raw }: WroteRow): RawRowWire {
  return {
    import: id,
    file,
    row,
    at: at.toISOString(),
    cells: raw.flatMap((text, column) =>
      text.trim() === '' ? [] : [{ column, heading: headers[column] ?? '', text }],
    ),
  };
}
