import type { LogStateWire } from '@throughline/domain/wire-log.ts';
import type { CheckAsk } from '../../proof/check.ts';

/**
 * A checkpoint as people hand it over, as the signed note that it is: line ends of other systems, blanks at the ends
 * of lines and empty lines around it come from copying, not from the log.
 */
export const noteOf = (text: string): string => {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return `${lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()}\n`;
};

/** The question whether the log goes on from a checkpoint. */
export const askOfHeld = (
  state: Pick<LogStateWire, 'keys'>,
  organisation: string,
  held: string,
  newest: string,
): CheckAsk => ({
  type: 'goes-on',
  held: noteOf(held),
  newest,
  keys: state.keys.map(({ vkey }) => vkey),
  log: `/log/${organisation}`,
});
