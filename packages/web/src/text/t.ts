import { en } from './en.ts';

type Catalogue = typeof en;
export type TextKey = keyof Catalogue;

type SlotsOf<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | SlotsOf<Rest> : never;
type TextOf<Entry> = Entry extends { one: infer One; other: infer Other } ? One | Other : Entry;
type Slots<K extends TextKey> = SlotsOf<TextOf<Catalogue[K]>>;
type Values<K extends TextKey> = [Slots<K>] extends [never]
  ? []
  : [values: Record<Slots<K>, string | number>];

/** Keys whose text has no slots: what a table of labels may hold. */
export type PlainTextKey = { [K in TextKey]: [Slots<K>] extends [never] ? K : never }[TextKey];

const locale = 'en';
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);

/** A count as people read it: 2,133. */
export const formatNumber = (value: number): string => numbers.format(value);

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{([\w-]+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : value;
  });

type Entry = string | { readonly one: string; readonly other: string };
type ValuesIn<E> = [SlotsOf<TextOf<E>>] extends [never]
  ? []
  : [values: Record<SlotsOf<TextOf<E>>, string | number>];

const say = (entry: Entry, slots: Readonly<Record<string, string | number>>): string => {
  if (typeof entry === 'string') return fill(entry, slots);
  return fill(plurals.select(Number(slots.n)) === 'one' ? entry.one : entry.other, slots);
};

/** The text of `key` with its slots filled. A missing slot is a type error, an unknown key too. */
export const t = <K extends TextKey>(key: K, ...[values]: Values<K>): string => say(en[key], values ?? {});

/** The same over the words of one page, which are loaded with it and not with the first page. */
export const wordsOf =
  <C extends Readonly<Record<string, Entry>>>(catalogue: C) =>
  <K extends keyof C & string>(key: K, ...[values]: ValuesIn<C[K]>): string =>
    say(catalogue[key] ?? key, values ?? {});
