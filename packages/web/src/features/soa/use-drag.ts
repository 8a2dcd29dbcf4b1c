import type { Choice, Place } from '@throughline/domain/soa/matrix-columns.ts';
import { type MouseEvent, type RefObject, useRef } from 'react';
import { choiceAfter } from './matrix-state.ts';

const placeOf = (target: EventTarget): Place | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  const [row, column] = (cell?.dataset.place ?? '').split(' ').map(Number);
  return cell === null || row === undefined || column === undefined ? null : { row, column };
};

const edgeOf = (target: EventTarget): Partial<Place> | null => {
  const name = target instanceof Element ? target.closest<HTMLElement>('[data-edge]') : null;
  const [part, at] = (name?.dataset.edge ?? '').split(' ');
  if (part !== 'row' && part !== 'column') return null;
  return { [part]: Number(at) };
};

type Dragging = {
  active: Place;
  chosen: Choice | null;
  onChoose: (chosen: Choice | null) => void;
  /** Where the keyboard stands from now on. */
  onPlace: (place: Place) => void;
  /** A press that chose nothing. */
  onOpen: (place: Place) => void;
  /** A press on the name of a row or a column. */
  onEdge: (edge: Partial<Place>) => void;
};

/** What the mouse does on the grid: a press opens a cell, dragging or Shift chooses the rectangle to it. */
export const useDrag = ({ active, chosen, onChoose, onPlace, onOpen, onEdge }: Dragging) => {
  const from = useRef<Place | null>(null);
  const dragged = useRef(false);
  const choose = (place: Place, start: Place | null): void => {
    onChoose(start === null ? choiceAfter(chosen, active, place) : { from: start, to: place });
    onPlace(place);
  };
  return (box: RefObject<HTMLElement | null>) => ({
    onMouseDown: (event: MouseEvent) => {
      const place = placeOf(event.target);
      if (place === null || event.button !== 0) return;
      // A cell that is scrolled away is taken out of the page, and the focus would go with it: the grid keeps it.
      event.preventDefault();
      box.current?.focus();
      dragged.current = event.shiftKey;
      if (event.shiftKey) choose(place, null);
      else from.current = place;
    },
    onMouseMove: (event: MouseEvent) => {
      if (event.buttons !== 1 || from.current === null) return;
      const place = placeOf(event.target);
      if (place === null || (!dragged.current && same(place, from.current))) return;
      dragged.current = true;
      choose(place, from.current);
    },
    onClick: (event: MouseEvent) => {
      const edge = edgeOf(event.target);
      if (edge !== null) onEdge(edge);
      const place = placeOf(event.target);
      from.current = null;
      if (place === null || dragged.current) return;
      onPlace(place);
      onChoose(null);
      onOpen(place);
    },
  });
};

const same = (one: Place, other: Place): boolean => one.row === other.row && one.column === other.column;
