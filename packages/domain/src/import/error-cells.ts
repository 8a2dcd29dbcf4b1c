const errors =
  /^#(?:DIV\/0!|REF!|NAME\?|VALUE!|NUM!|NULL!|N\/A|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|ERROR!)$/i;
const mark = '#FORMULA!';

/** How a formula that the file holds without its result stands in a raw cell. */
export function formulaWithoutValue(formula: string): string {
  const one = formula.replace(/\s+/g, ' ').trim().slice(0, 200);
  return one === '' ? mark : `${mark} =${one}`;
}

/** Why a cell that a spreadsheet could not calculate holds no value for any field; nothing for every other cell. */
export function errorCell(cell: string): string | undefined {
  if (errors.test(cell)) return `"${cell}" is an error of the spreadsheet and no value.`;
  if (cell !== mark && !cell.startsWith(`${mark} =`)) return undefined;
  const formula = cell.slice(mark.length + 1);
  return `The file holds ${formula === '' ? 'a formula' : `the formula ${formula.slice(0, 60)}`} without its value. Open it in a spreadsheet program, save it and choose it again.`;
}
