import { type StationId, stationIds } from '@throughline/catalogue/vocabulary.ts';
import { type PlainTextKey, t } from '../text/t.ts';

const isStation = (id: string): id is StationId => stationIds.some((station) => station === id);

/** Place of a station in the line, from 1; 0 for one that is not known here. */
export const stationOrder = (id: string): number => (isStation(id) ? stationIds.indexOf(id) + 1 : 0);

/** The name of a station; its id where a newer server knows one that this page does not. */
export const stationName = (id: string): string => {
  if (!isStation(id)) return id;
  const key: PlainTextKey = `station.${id}`;
  return t(key);
};
