/** The lines of a pasted or uploaded population: trimmed, without empty ones, each once, in their order. */
export const rowsOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/\r\n|\r|\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];
