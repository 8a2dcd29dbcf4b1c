/**
 * A draw that anyone can repeat: the item at the position that the seed's digest gives in the ordered population
 * (clause 9.2.2; the method is the catalogue's). `digest` is SHA-256 of the text, passed in because the domain does no I/O.
 */
export function drawPosition(seed: string, population: number, digest: (text: string) => Uint8Array): number {
  if (!Number.isInteger(population) || population < 1)
    throw new RangeError('Nothing can be drawn from nothing');
  // Rejection keeps the draw fair: numbers above the largest multiple of the population are drawn again.
  const limit = 2 ** 48 - (2 ** 48 % population);
  for (let round = 0; ; round += 1) {
    const bytes = digest(`${seed}#${round}`);
    let number = 0;
    for (const byte of bytes.subarray(0, 6)) number = number * 256 + byte;
    if (number < limit) return number % population;
  }
}

/**
 * Positions of a sample, each of the population once, in the order in which they are drawn: each draw is among those that
 * remain. The same seed, population and size give the same sample; a larger sample begins with the smaller one.
 */
export function drawSample(
  seed: string,
  population: number,
  size: number,
  digest: (text: string) => Uint8Array,
): number[] {
  if (!Number.isInteger(size) || size < 1 || size > population)
    throw new RangeError('A sample has at least one item and at most the population');
  const moved = new Map<number, number>();
  return Array.from({ length: size }, (_, drawn) => {
    const at = drawn + drawPosition(`${seed}/${drawn}`, population - drawn, digest);
    const found = moved.get(at) ?? at;
    moved.set(at, moved.get(drawn) ?? drawn);
    return found;
  });
}

/** Digest text of a population: what a draw record names so that the same list can be shown again. */
export function populationText(items: readonly string[]): string {
  return items.map((item) => item.normalize('NFC').trim()).join('\n');
}
