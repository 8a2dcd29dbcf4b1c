import type { RegisterWire } from '@throughline/domain/wire-register.ts';
import { dutyRegister } from '../../text/en/duty-register.ts';
import { wordsOf } from '../../text/t.ts';

const said = wordsOf(dutyRegister);

/** How many duties are to be written, moved, stand, or are held back. */
export const numbersOf = ({ duties }: Pick<RegisterWire, 'duties'>) => {
  const count = (does: RegisterWire['duties'][number]['does']) =>
    duties.filter((duty) => duty.does === does).length;
  return { add: count('add'), move: count('move'), stand: count('stand'), hold: count('hold') };
};

/** How the register stands, in words: why it cannot be written, what is missing, or that nothing is. */
export const sentenceOf = (register: RegisterWire): string => {
  const { add, move, stand } = numbersOf(register);
  if (register.notYet !== null) return register.notYet;
  if (add + move + stand === 0) return said('classification.register.none');
  if (add + move === 0) return said('classification.register.whole', { n: stand });
  return [
    add === 0 ? null : said('classification.register.missing', { n: add }),
    move === 0 ? null : said('classification.register.moving', { n: move }),
  ]
    .filter((line) => line !== null)
    .join(' ');
};
