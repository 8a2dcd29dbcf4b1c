/** The lines of a pasted or uploaded population: trimmed, without empty ones, each once, in their order. */
export const rowsOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/\r\n|\r|\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/** What was typed as a filter of the register: parameters as they are, anything else as words to search. */
export const filterOf = (typed: string): string => {
  const text = typed.trim().replace(/^\?/, '');
  return /^[\w.-]+=/.test(text) ? text : new URLSearchParams({ q: text }).toString();
};
