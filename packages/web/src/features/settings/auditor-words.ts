import type { ChosenScope } from '@throughline/domain/acting.ts';
import type { RefWire } from '@throughline/domain/wire.ts';
import { t } from './words.ts';

/** How the scope of an external auditor is chosen on the page: nothing named is everything. */
export type AuditorChoice = {
  readonly systems: readonly RefWire[];
  readonly audits: readonly RefWire[];
  readonly kinds: readonly string[];
};

export const nothingChosen: AuditorChoice = { systems: [], audits: [], kinds: [] };

/** The scope that was chosen. Audits alone leave no other system. */
export const chosenScope = ({ systems, audits, kinds }: AuditorChoice): ChosenScope => ({
  kinds: kinds.length === 0 ? 'all' : kinds,
  systems: systems.length + audits.length === 0 ? 'all' : systems.map(({ id }) => id),
  audits: audits.map(({ id }) => id),
});

const isEverything = ({ kinds, systems }: ChosenScope): boolean => kinds === 'all' && systems === 'all';

/** What is not known stays chosen under its id: dropping the last of them would let everything be read. */
const unknown = (id: string): RefWire => ({ id, ref: id, kind: '', title: '', state: '' });

/** The choice that a scope stands for. */
export const choiceOf = (scope: ChosenScope | undefined, records: readonly RefWire[] = []): AuditorChoice => {
  if (scope === undefined) return nothingChosen;
  const named = (ids: readonly string[]) =>
    ids.map((id) => records.find((record) => record.id === id) ?? unknown(id));
  return {
    systems: scope.systems === 'all' ? [] : named(scope.systems),
    audits: named(scope.audits),
    kinds: scope.kinds === 'all' ? [] : scope.kinds,
  };
};

/** As many as are named one by one; of more, the number is said. */
const namedAtMost = 3;

const recordWords = (
  key: 'auditor.systems-n' | 'auditor.audits-n',
  ids: readonly string[],
  records: readonly RefWire[],
): readonly string[] => {
  if (ids.length === 0) return [];
  const known = records.filter(({ id }) => ids.includes(id));
  if (known.length !== ids.length || ids.length > namedAtMost) return [t(key, { n: ids.length })];
  return known.map(({ ref, title }) => `${ref} ${title}`);
};

/** What an external auditor reads, in words: systems, audits, then kinds. */
export const auditorWords = (
  scope: ChosenScope | undefined,
  records: readonly RefWire[],
  labelOf: (kind: string) => string,
): string => {
  if (scope === undefined) return t('auditor.nothing');
  if (isEverything(scope)) return t('auditor.everything');
  const systems =
    scope.systems === 'all'
      ? [t('auditor.every-system')]
      : recordWords('auditor.systems-n', scope.systems, records);
  const kinds =
    scope.kinds === 'all'
      ? []
      : scope.kinds.length > namedAtMost
        ? [t('auditor.kinds-n', { n: scope.kinds.length })]
        : scope.kinds.map(labelOf);
  const what = [...systems, ...recordWords('auditor.audits-n', scope.audits, records)].join(', ');
  return t('auditor.reads', { what: kinds.length === 0 ? what : `${what}: ${kinds.join(', ')}` });
};
