import { log } from '../../text/en/log.ts';

const prefix = 'log.act.';

/** Acts that this page has words for, in the order of the text. */
export const knownActs: readonly string[] = Object.keys(log).flatMap((key) =>
  key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
);

/** What was done, in words; an act of a newer server as it is called. */
export const actWord = (act: string): string => {
  const texts: Readonly<Record<string, unknown>> = log;
  const text = texts[`${prefix}${act}`];
  return typeof text === 'string' ? text : act;
};

/** How many entries came after the one that stood first; null where that one is no longer among them. */
export const newerThan = (entries: readonly { id: string }[], first: string | undefined): number | null => {
  if (first === undefined) return entries.length;
  const at = entries.findIndex(({ id }) => id === first);
  return at === -1 ? null : at;
};
