export type DiffPart = { kind: 'same' | 'added' | 'removed'; text: string };

/** Above this many compared pairs the changed middle is told as one removal and one addition, so that a page never hangs. */
const limit = 4_000_000;

const wordsOf = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];

const push = (parts: DiffPart[], kind: DiffPart['kind'], text: string): void => {
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += text;
  else parts.push({ kind, text });
};

/** Longest common subsequence of words, walked from the front: `table[i][j]` is its length for the rests from i and j. */
const middle = (before: readonly string[], after: readonly string[], parts: DiffPart[]): void => {
  if (before.length * after.length > limit) {
    push(parts, 'removed', before.join(''));
    push(parts, 'added', after.join(''));
    return;
  }
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      table[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      push(parts, 'same', before[i] ?? '');
      i += 1;
      j += 1;
    } else if (i < before.length && (j === after.length || at(i + 1, j) >= at(i, j + 1))) {
      push(parts, 'removed', before[i] ?? '');
      i += 1;
    } else {
      push(parts, 'added', after[j] ?? '');
      j += 1;
    }
  }
};

/**
 * What changed between two texts, word by word. The parts other than `added` join to `before`, the parts other than
 * `removed` to `after`.
 */
export const wordDiff = (before: string, after: string): readonly DiffPart[] => {
  const old = wordsOf(before);
  const now = wordsOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end))
    end += 1;
  const parts: DiffPart[] = [];
  push(parts, 'same', old.slice(0, start).join(''));
  middle(old.slice(start, old.length - end), now.slice(start, now.length - end), parts);
  push(parts, 'same', end === 0 ? '' : old.slice(-end).join(''));
  return parts;
};
