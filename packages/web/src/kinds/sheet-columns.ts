import type { CellField, RowsField } from '@throughline/domain/kinds/fields.ts';

const mostColumns = 4;
const longLine = 120;

/** How wide a column of a table is written in, as a track of a CSS grid; undefined for what needs a field of its own. */
const trackOf = (column: CellField): string | undefined => {
  switch (column.type) {
    case 'number':
      return 'minmax(60px, 0.5fr)';
    case 'line':
      return column.max > longLine ? 'minmax(140px, 2.4fr)' : 'minmax(100px, 1.2fr)';
    case 'choice':
    case 'answer':
      return 'minmax(136px, 1.4fr)';
    default:
      return undefined;
  }
};

/** The columns of rows that are written in as one table, with room to take a row out; undefined where they are too many or too long. */
export const sheetColumns = ({ columns }: Pick<RowsField, 'columns'>): string | undefined => {
  const tracks = Object.values(columns).map(trackOf);
  const fits = tracks.length <= mostColumns && tracks.every((track) => track !== undefined);
  return fits ? [...tracks, '28px'].join(' ') : undefined;
};

/** Words take more than names and choices, numbers least. */
const columnWeight = (column: CellField): number => {
  if (column.type === 'number') return 0.7;
  if (column.type === 'text') return 3;
  return column.type === 'line' && column.max > longLine ? 2.2 : 1.2;
};

/** How much of a table's width a column takes beside the others; the longest word of its head never breaks in its middle. */
export const headedWeight = (column: CellField): number =>
  Math.max(columnWeight(column), 0.14 * Math.max(...column.label.split(' ').map((word) => word.length)));
