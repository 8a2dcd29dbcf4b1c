import { useEffect } from 'react';
import { dayIn } from '../text/dates.ts';
import { createStore, useStore } from './store.ts';

const zone = createStore(Intl.DateTimeFormat().resolvedOptions().timeZone);
const minute = createStore(Math.floor(Date.now() / 60_000));

/** The person's time zone, once the session says it; until then the device's. */
export const setTimeZone = (name: string): void => zone.set(name);
export const useTimeZone = (): string => useStore(zone);

/** The current minute as an instant; components that show it turn with it. */
export const useNow = (): Date => {
  const value = useStore(minute);
  useEffect(() => {
    const timer = setInterval(() => minute.set(Math.floor(Date.now() / 60_000)), 20_000);
    return () => clearInterval(timer);
  }, []);
  return new Date(value * 60_000);
};

/** Today in the person's time zone, as `2026-07-14`. */
export const useToday = (): string => dayIn(new Date(useStore(minute) * 60_000), useTimeZone());
