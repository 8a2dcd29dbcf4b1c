import { isObject } from '@throughline/domain/json.ts';
import type { RefWire, StationWire } from '@throughline/domain/wire.ts';
import { keepPreference, readPreference } from '../../ui/store.ts';
import type { Walk } from './walk-state.ts';

/** A walk under way with what the register said when it began: that is what it is compared with, also after a reload. */
export type KeptWalk = {
  readonly walk: Walk;
  readonly system: RefWire;
  readonly stations: readonly StationWire[];
  readonly conclusion: string;
  /** Milliseconds of the clock at which the page was last seen open. */
  readonly lastSeen: number;
};

/** One walk for each person, system and draw: two people at one machine never go on with each other's. */
const nameOf = (person: string, system: string, walk: string | undefined): string =>
  `walk.${person}.${system}.${walk ?? 'chosen'}`;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isMoment = (value: unknown): boolean => value === null || isNumber(value);

const isWalk = (value: unknown): value is Walk =>
  isObject(value) &&
  isNumber(value.startedAt) &&
  isMoment(value.pausedAt) &&
  isMoment(value.endedAt) &&
  isNumber(value.at) &&
  Array.isArray(value.pauses) &&
  value.pauses.every((one) => isObject(one) && typeof one.at === 'string' && isNumber(one.seconds)) &&
  isObject(value.marks) &&
  isObject(value.notes);
const isRef = (value: unknown): value is RefWire => isObject(value) && typeof value.ref === 'string';
const isStation = (value: unknown): value is StationWire =>
  isObject(value) &&
  typeof value.id === 'string' &&
  Array.isArray(value.records) &&
  Array.isArray(value.statement);

/** A kept walk as text, read back; null where it is none. What another release kept is dropped: the walk begins anew. */
export const readWalk = (text: string): KeptWalk | null => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(body) || !isWalk(body.walk) || !isRef(body.system) || !isNumber(body.lastSeen)) return null;
  const { walk, system, lastSeen, stations, conclusion } = body;
  if (!Array.isArray(stations) || stations.length === 0 || !stations.every(isStation)) return null;
  if (walk.at < 0 || walk.at >= stations.length) return null;
  return { walk, system, stations, lastSeen, conclusion: typeof conclusion === 'string' ? conclusion : '' };
};

export const keptWalk = (person: string, system: string, walk: string | undefined): KeptWalk | null =>
  readWalk(readPreference(nameOf(person, system, walk), ''));

export const keepWalk = (person: string, walk: string | undefined, kept: KeptWalk): void => {
  keepPreference(nameOf(person, kept.system.ref, walk), JSON.stringify(kept));
};

export const dropWalk = (person: string, system: string, walk: string | undefined): void => {
  keepPreference(nameOf(person, system, walk), '');
};
