/** What a key writes into a cell: a digit the choice of that place, delete nothing; undefined for keys that write nothing. */
export const chosenBy = (key: string, options: readonly { value: string }[]): string | undefined => {
  if (key === 'Delete' || key === 'Backspace' || key === '0') return '';
  return /^[1-9]$/.test(key) ? options[Number(key) - 1]?.value : undefined;
};

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Moves the focus to the cell beside, where there is one; whether the key was one that moves. */
export const moved = (from: HTMLSelectElement, key: string): boolean => {
  const step = steps[key];
  const row = from.closest('tr');
  if (step === undefined || row === null) return false;
  const at = [...row.querySelectorAll('select')].indexOf(from);
  const rows = [...(row.parentElement?.querySelectorAll('tr') ?? [])];
  const beside = rows[rows.indexOf(row) + step[0]];
  beside?.querySelectorAll('select')[at + step[1]]?.focus();
  return true;
};
