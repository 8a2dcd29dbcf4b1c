const periods: Readonly<Record<string, string>> = {
  daily: 'P1D',
  weekly: 'P1W',
  monthly: 'P1M',
  quarterly: 'P3M',
  'half-yearly': 'P6M',
  yearly: 'P1Y',
};

/** Length of a rhythm that the calendar can count; nothing for continuous, with every release, or when the case arises. */
export function rhythmPeriod(rhythm: string | null): string | null {
  return rhythm === null ? null : (periods[rhythm] ?? null);
}
