import type { LogStateWire } from '@throughline/domain/wire-log.ts';
import { formatInstant } from '../text/dates.ts';
import { formatNumber, t } from '../text/t.ts';
import { type Fault, faultHref, faultsOf } from './faults.ts';
import { type Remembered, setBack } from './remembered.ts';

/** How the log stands, in two short lines, and where to look. */
export type LogSummary = {
  state: 'intact' | 'broken' | 'unknown';
  sentence: string;
  detail?: string;
  href: string;
};

/** The place of a fault as people name it: the version, the entry, or the file of the tree. */
export const faultPlace = (fault: Fault): string => {
  const { ref, version, entries, table, column, path } = fault;
  const last = entries === null ? 0 : entries.end - 1;
  const places = [
    ref === null ? null : version === null ? ref : t('proof.place.version', { ref, n: version }),
    entries === null
      ? null
      : last === entries.start
        ? t('proof.place.entry', { n: last })
        : t('proof.place.entries', { from: entries.start, to: last }),
    ref === null && entries === null
      ? (path ?? (table === null ? null : [table, column].filter(Boolean).join('.')))
      : null,
  ].filter((place) => place !== null);
  return places.length === 0 ? t('proof.place.log') : places.join(', ');
};

const broken = (detail: string, href: string): LogSummary => ({
  state: 'broken',
  sentence: t('app.log.broken'),
  detail,
  href,
});

/**
 * The foot of the sidebar (UX d, Log page). Red where the last verification found something, or where the newest
 * checkpoint stands behind the one that this browser saw; quiet where entries only wait a moment for their signature.
 */
export const logSummary = (state: LogStateWire, seen: Remembered | null, zone: string): LogSummary => {
  const { verification, checkpoint, unsigned } = state;
  if (verification?.holds === false) {
    const [first] = faultsOf(verification);
    return broken(
      first === undefined ? t('proof.place.log') : faultPlace(first),
      first === undefined ? '/log/verify' : faultHref(first),
    );
  }
  if (setBack(seen, checkpoint?.note)) return broken(t('app.log.set-back'), '/log/verify');
  const when = (at: string): string => formatInstant(new Date(at), zone);
  if (unsigned !== null && unsigned.reason !== 'pending')
    return {
      state:
        unsigned.reason === 'smaller' || unsigned.reason === 'inconsistent' || unsigned.reason === 'broken'
          ? 'broken'
          : 'unknown',
      sentence: t('app.log.unsigned', { n: state.size - (checkpoint?.size ?? 0) }),
      detail: t(`log.unsigned.${unsigned.reason}`),
      href: '/log/checkpoints',
    };
  if (checkpoint === null)
    return { state: 'unknown', sentence: t('app.log.entries', { n: state.size }), href: '/log/checkpoints' };
  const signed = t('app.log.signed', { n: checkpoint.size });
  return {
    state: verification === null ? 'unknown' : 'intact',
    sentence: signed,
    detail: when(checkpoint.at),
    href: '/log',
  };
};

/** The checkpoint in one line, for the foot of a printed page. */
export const printedCheckpoint = (state: LogStateWire, zone: string): string | null => {
  const { checkpoint, origin } = state;
  if (checkpoint === null || origin === null) return null;
  const at = formatInstant(new Date(checkpoint.at), zone);
  return t('app.printed', { origin, n: formatNumber(checkpoint.size), at, root: checkpoint.root });
};
