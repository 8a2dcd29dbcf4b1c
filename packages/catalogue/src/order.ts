/** Digits and the text between them: `A.10.2` becomes `A.`, `10`, `.`, `2`. */
const parts = (id: string) => id.match(/\d+|\D+/g) ?? [];

const isNumber = (part: string) => part >= '0' && part < ':';

/**
 * Orders ids as people count: 6.1.2 before 6.1.10, A.2 before A.10, clauses before controls.
 * For the AI RMF it sorts within a function only; the order of the functions is that of the data.
 */
export function compareIds(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const [x = '', y = ''] = [left[i], right[i]];
    if (isNumber(x) && isNumber(y)) {
      if (Number(x) !== Number(y)) return Number(x) - Number(y);
    } else if (x !== y) {
      return x < y ? -1 : 1;
    }
  }
  return left.length - right.length;
}

/** A sorted copy, for lines such as "Serves 6.1.4, A.5.2". */
export function sortIds(ids: Iterable<string>): string[] {
  return [...ids].sort(compareIds);
}
