import type { CatalogueItemWire } from '@throughline/domain/wire-pages.ts';
import type { Choice } from './parts.ts';

/** "A.6.2.4 AI system verification and validation"; an id that the catalogue does not know stands by itself. */
export const catalogueWords = (items: readonly CatalogueItemWire[], id: string): string => {
  const title = items.find((item) => item.id === id)?.title;
  return title === undefined ? id : `${id} ${title}`;
};

/** What a picker offers: the catalogue, and whatever is chosen already though the catalogue does not know it. */
export const catalogueChoices = (
  items: readonly CatalogueItemWire[],
  chosen: readonly string[],
): readonly Choice[] => [
  ...items.map(({ id, title }) => ({ value: id, label: `${id} ${title}` })),
  ...chosen.filter((id) => items.every((item) => item.id !== id)).map((id) => ({ value: id, label: id })),
];
