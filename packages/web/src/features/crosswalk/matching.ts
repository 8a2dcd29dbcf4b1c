import type { CrosswalkRowWire } from '@throughline/domain/wire-crosswalk.ts';

/** Rows in which every word stands somewhere: in an id, a title, the relation, the confidence, the note, or what an own row rests on. */
export const matching = (rows: readonly CrosswalkRowWire[], words: string): readonly CrosswalkRowWire[] => {
  const asked = words.trim().toLowerCase().split(/\s+/);
  return rows.filter(({ from, fromTitle, to, toTitle, relation, confidence, note, says, own }) => {
    const text = [from, fromTitle, to, toTitle, relation, confidence, note, says, own?.ref]
      .join(' ')
      .toLowerCase();
    return asked.every((word) => text.includes(word));
  });
};
