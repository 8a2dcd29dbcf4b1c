import { isObject } from './json.ts';

/**
 * What an organisation does not keep for ever, and for how long after its end: where sessions came from, jobs that
 * ended, cells of files that were imported. Records, versions, files, the log and what its verifications found stay.
 */
export const retained = ['sessions', 'jobs', 'importCells'] as const;
export type Retained = (typeof retained)[number];

/** Days after the end; `null` keeps it. */
export type Retention = Readonly<Record<Retained, number | null>>;

export const usualRetention: Retention = {
  sessions: 400,
  jobs: 400,
  importCells: null,
};

/** Sessions are looked back at for a month at least; cells of a file are what the next one is compared with. */
export const leastDays: Retention & Readonly<Record<Retained, number>> = {
  sessions: 30,
  jobs: 7,
  importCells: 90,
};
export const mostRetentionDays = 3_660;

/** What stands in settings, read without trust: what cannot be meant counts as not said. */
export function readRetention(value: unknown): Retention {
  const given = isObject(value) ? value : {};
  const days = (what: Retained): number | null => {
    const found = given[what];
    if (found === null) return null;
    return typeof found === 'number' &&
      Number.isInteger(found) &&
      found >= leastDays[what] &&
      found <= mostRetentionDays
      ? found
      : usualRetention[what];
  };
  return {
    sessions: days('sessions'),
    jobs: days('jobs'),
    importCells: days('importCells'),
  };
}

/** The moment before which something must have ended to be taken away; `null` where it is kept. */
export function keptSince(retention: Retention, what: Retained, now: Date): Date | null {
  const days = retention[what];
  return days === null ? null : new Date(now.getTime() - days * 86_400_000);
}
