import type { CSSProperties } from 'react';
import type { GridColumn } from './grid-types.ts';

export const selectWidth = 38;

/** More columns than this are drawn only where they are seen (UX i). */
const drawnAlways = 20;

/** Columns drawn beyond either edge of the box. */
const overscan = 2;

/** The width of every column in pixels, and how far each sticky one stands from the left edge. */
export type Layout = {
  /** For `grid-template-columns`; the box for selecting rows is its first track. */
  template: string;
  width: number;
  /** Room that the sticky columns take. */
  sticky: number;
  left: ReadonlyMap<string, number>;
  /** Where each column begins. */
  starts: readonly number[];
  tracks: readonly number[];
};

/** The columns that are drawn: the first and the last of them. */
export type Span = { from: number; to: number };

type Sized = Pick<GridColumn<never>, 'id' | 'width' | 'least' | 'grow' | 'sticky'>;

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const leastOf = (column: Sized): number => Math.min(column.least ?? column.width, column.width);

/** What stays while the rest scrolls is narrow, and what people read of it no narrower than it must be. */
const stuckWidth = (column: Sized, room: number): number => {
  const readable = column.grow === true ? Math.min(column.width * 0.75, room * 0.3) : 0;
  return Math.max(leastOf(column), Math.floor(readable));
};

/** Gives what is left over to the columns that grow. */
const grown = (columns: readonly Sized[], tracks: readonly number[], room: number): readonly number[] => {
  const growing = columns.filter((column) => column.grow === true).length;
  const left = room - sum(tracks);
  if (growing === 0 || left <= 0) return tracks;
  return tracks.map((track, at) => (columns[at]?.grow === true ? track + Math.floor(left / growing) : track));
};

/**
 * The columns at their widths where there is room, narrower where that makes them fit, and as wide as they are where
 * the table has to scroll anyway: then only the sticky ones are narrow, so that something is left to scroll.
 */
const fitted = (columns: readonly Sized[], room: number): readonly number[] => {
  const natural = columns.map((column) => column.width);
  const least = columns.map(leastOf);
  const over = sum(natural) - room;
  if (over <= 0) return grown(columns, natural, room);
  const give = sum(natural) - sum(least);
  if (over > give)
    return columns.map((column) => (column.sticky === true ? stuckWidth(column, room) : column.width));
  // What grows is what people read: it gives room only when all others have given theirs.
  const growing = columns.map((column) => column.grow === true);
  const spare = natural.map((width, at) => width - (least[at] ?? width));
  const others = sum(spare.filter((_give, at) => growing[at] !== true));
  const late = Math.max(0, over - others);
  const share = (at: number): number => {
    if (growing[at] === true) return late === 0 ? 0 : late / (give - others);
    return others === 0 ? 0 : (over - late) / others;
  };
  const kept = natural.map((width, at) => Math.floor(width - (spare[at] ?? 0) * share(at)));
  return grown(columns, kept, room);
};

/** `room` is the width of the box in pixels; 0 while it is not known, and then every column has its own width. */
export const layoutOf = (columns: readonly Sized[], selectable: boolean, room = 0): Layout => {
  const edge = selectable ? selectWidth : 0;
  const tracks = room === 0 ? columns.map((column) => column.width) : fitted(columns, room - edge);
  const starts = tracks.map((_track, at) => edge + sum(tracks.slice(0, at)));
  const firstLoose = columns.findIndex((column) => column.sticky !== true);
  const stays = firstLoose === -1 ? columns.length : firstLoose;
  const left = new Map(columns.slice(0, stays).map((column, at) => [column.id, starts[at] ?? 0]));
  return {
    template: [...(selectable ? [selectWidth] : []), ...tracks].map((track) => `${track}px`).join(' '),
    width: edge + sum(tracks),
    sticky: edge + sum(tracks.slice(0, stays)),
    left,
    starts,
    tracks,
  };
};

/** Which columns show in a box of this width, scrolled this far; all of them where they are few. */
export const spanOf = (layout: Layout, scrolled: number, room: number): Span => {
  const last = layout.tracks.length - 1;
  if (layout.tracks.length <= drawnAlways || room === 0) return { from: 0, to: last };
  const ends = layout.starts.map((start, at) => start + (layout.tracks[at] ?? 0));
  const first = ends.findIndex((end) => end > scrolled + layout.sticky);
  const beyond = layout.starts.findIndex((start) => start >= scrolled + room);
  return {
    from: Math.max(0, (first === -1 ? last : first) - overscan),
    to: Math.min(last, (beyond === -1 ? last : beyond - 1) + overscan),
  };
};

export const sameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to;

/** Whether a column is drawn: it is in view, stays put, or has the keyboard or an editor in it. */
export const isDrawn = (at: number, span: Span, sticky: boolean, ...held: readonly number[]): boolean =>
  sticky || (at >= span.from && at <= span.to) || held.includes(at);

/** Where a cell stands in its row, since not every column before it need be drawn. */
export const cellStyle = (layout: Layout, id: string, at: number, selectable: boolean): CSSProperties => {
  const left = layout.left.get(id);
  return { gridColumn: at + (selectable ? 2 : 1), ...(left === undefined ? {} : { left }) };
};
