import { useMemo } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { useMembers } from '../../api/members.ts';
import { FilterChips } from '../../ui/filter/filter-chips.tsx';
import { type FilterField, readFilters, writeFilters } from '../../ui/filter/filter-state.ts';
import { useSearchState } from '../../ui/navigate.ts';
import { actWord, knownActs } from './act-words.ts';
import { t } from './words.ts';

const is = ['is'] as const;

/** What the log is filtered by. `is` writes the parameter itself, so that addresses stay those of the API. */
export const useLogFields = (): readonly FilterField[] => {
  const kinds = useKinds().all;
  const members = useMembers();
  return useMemo(
    () => [
      {
        id: 'actor',
        label: t('log.filter.actor'),
        input: 'choice',
        operators: is,
        options: members.map(({ id, name }) => ({ value: id, label: name })),
      },
      {
        id: 'kind',
        label: t('log.filter.kind'),
        input: 'choice',
        operators: is,
        options: kinds.map(({ name, label }) => ({ value: name, label })),
      },
      { id: 'record', label: t('log.filter.record'), input: 'text', operators: is },
      {
        id: 'act',
        label: t('log.filter.act'),
        input: 'choice',
        operators: is,
        options: knownActs.map((value) => ({ value, label: actWord(value) })),
      },
      {
        id: 'from',
        label: t('log.filter.from'),
        input: 'day',
        operators: is,
        words: { is: t('log.filter.from-is') },
      },
      {
        id: 'to',
        label: t('log.filter.to'),
        input: 'day',
        operators: is,
        words: { is: t('log.filter.to-is') },
      },
    ],
    [kinds, members],
  );
};

/** Filters of the log as chips. Each lives in the address, so that a view of the log can be sent. */
export const LogFilters = () => {
  const fields = useLogFields();
  const [search, setSearch] = useSearchState();
  return (
    <FilterChips
      fields={fields}
      filters={readFilters(search, fields)}
      onChange={(filters) => setSearch(writeFilters(filters, fields), { push: true })}
    />
  );
};
