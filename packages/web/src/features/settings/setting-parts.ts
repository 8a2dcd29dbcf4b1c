import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { log } from '../../text/en/log.ts';
import { organisation } from '../../text/en/organisation.ts';

const texts: Readonly<Record<string, unknown>> = { ...log, ...organisation };
const wordOf = (key: string, plain: string): string => {
  const text = texts[key];
  return typeof text === 'string' ? text : plain;
};

/** What an entry says of settings, in words: who did what, and which settings changed, as far as this release knows them. */
export const partWords = ({
  byName,
  by,
  act,
  changed,
}: Pick<LogEntryWire, 'byName' | 'by' | 'act' | 'changed'>): string => {
  const parts = changed.map((name) => wordOf(`settings.part.${name}`, name));
  const said = `${byName ?? by.id} ${wordOf(`log.act.${act}`, act)}`;
  return parts.length === 0 ? said : `${said}: ${parts.join(', ')}`;
};
