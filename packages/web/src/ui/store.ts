import { useSyncExternalStore } from 'react';

/** One value outside React that components can follow. */
export type Store<T> = {
  get: () => T;
  set: (next: T | ((now: T) => T)) => void;
  subscribe: (listener: () => void) => () => void;
};

const isUpdate = <T>(next: T | ((now: T) => T)): next is (now: T) => T => typeof next === 'function';

export const createStore = <T>(first: T): Store<T> => {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      const result = isUpdate(next) ? next(value) : next;
      if (Object.is(result, value)) return;
      value = result;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get);

const prefix = 'throughline.';

/** Reads a preference of this browser. Where storage is refused, nothing is remembered and `otherwise` holds. */
export const readPreference = (name: string, otherwise: string): string => {
  try {
    return localStorage.getItem(`${prefix}${name}`) ?? otherwise;
  } catch {
    return otherwise;
  }
};

/** Keeps a preference of this browser; answers whether it could be kept. */
export const keepPreference = (name: string, value: string): boolean => {
  try {
    localStorage.setItem(`${prefix}${name}`, value);
    return true;
  } catch {
    return false;
  }
};

/** Forgets a preference of this browser. Where storage is refused, nothing was kept. */
export const dropPreference = (name: string): void => {
  try {
    localStorage.removeItem(`${prefix}${name}`);
  } catch {
    return;
  }
};

/** Names of the preferences that this browser keeps. */
export const keptPreferences = (): readonly string[] => {
  try {
    return Object.keys(localStorage).flatMap((key) =>
      key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
    );
  } catch {
    return [];
  }
};
