import { createStore, keepPreference, keptPreferences, readPreference, useStore } from './store.ts';

/** Settings of one person by name, as short texts: they follow that person from browser to browser. */
export type Preferences = Readonly<Record<string, string>>;

const names = ['density', 'plain', 'theme', 'sidebar', 'single-keys'] as const;

/** Which columns a person sees, by kind. */
const columns = /^columns\.[a-z-]{1,60}$/;
export const isPersonal = (name: string): boolean =>
  names.some((known) => known === name) || columns.test(name);

/** What was read or chosen on this page; the browser's own store answers for the rest. */
const values = createStore<Preferences>({});
const listeners = new Set<(name: string, value: string) => void>();

/** Calls back for each choice of the person, never for what came from the server. Answers how to stop. */
export const onPreference = (listener: (name: string, value: string) => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Shows a value and keeps it in this browser, so that the next page begins with it. '' is nothing chosen. */
const put = (name: string, value: string): void => {
  values.set((now) => (now[name] === value ? now : { ...now, [name]: value }));
  keepPreference(name, value);
};

export const choosePreference = (name: string, value: string): void => {
  put(name, value);
  for (const listener of listeners) listener(name, value);
};

const personKey = 'person';

/**
 * Takes over what the server keeps for a person. What somebody else chose in this browser is forgotten; what the person
 * is about to save (`pending`) stays as it is.
 */
export const takePreferences = (
  person: string,
  kept: Readonly<Record<string, unknown>>,
  pending: ReadonlySet<string>,
): void => {
  const before = readPreference(personKey, person);
  if (before !== person)
    for (const name of keptPreferences()) if (isPersonal(name) && !(name in kept)) put(name, '');
  keepPreference(personKey, person);
  for (const [name, value] of Object.entries(kept))
    if (isPersonal(name) && typeof value === 'string' && !pending.has(name)) put(name, value);
};

/** A preference and the switch for it. */
export const usePreference = (name: string, otherwise: string): [string, (value: string) => void] => {
  const chosen = useStore(values)[name] ?? readPreference(name, '');
  return [chosen === '' ? otherwise : chosen, (value) => choosePreference(name, value)];
};
