import { useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { useMembers } from '../../api/members.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import { actWord, knownActs } from './act-words.ts';
import css from './log.module.css';
import { filterNames, filtersOf } from './use-log.ts';

const acts = knownActs.map((value) => ({ value, label: actWord(value), hint: value.split('.')[0] ?? '' }));

/** Filters of the log. Each lives in the address, so that a view of the log can be sent. */
export const LogFilters = () => {
  const kinds = useKinds();
  const members = useMembers();
  const [search, setSearch] = useSearchState();
  const [record, setRecord] = useState(search.record ?? '');
  const set = (name: string) => (value: string | null) => setSearch({ [name]: value ?? undefined });
  const any = Object.keys(filtersOf(search)).length > 0;
  const clear = (): void => {
    setRecord('');
    setSearch(Object.fromEntries(filterNames.map((name) => [name, undefined])));
  };
  return (
    <form
      className={css.filters}
      aria-label={t('log.filters')}
      onSubmit={(event) => {
        event.preventDefault();
        setSearch({ record: record.trim() === '' ? undefined : record.trim() });
      }}
    >
      <ChoiceField
        label={t('log.filter.actor')}
        value={search.actor ?? null}
        options={members.map(({ id, name }) => ({ value: id, label: name }))}
        placeholder={t('log.filter.any')}
        clears
        onChange={set('actor')}
      />
      <ChoiceField
        label={t('log.filter.act')}
        value={search.act ?? null}
        options={acts}
        placeholder={t('log.filter.any')}
        clears
        onChange={set('act')}
      />
      <ChoiceField
        label={t('log.filter.kind')}
        value={search.kind ?? null}
        options={kinds.all.map(({ name, label }) => ({ value: name, label }))}
        placeholder={t('log.filter.any')}
        clears
        onChange={set('kind')}
      />
      <TextField
        label={t('log.filter.record')}
        value={record}
        placeholder={t('log.filter.record-help')}
        onChange={setRecord}
        onBlur={() => setSearch({ record: record.trim() === '' ? undefined : record.trim() })}
      />
      <DayField label={t('log.filter.from')} value={search.from ?? null} onChange={set('from')} />
      <DayField label={t('log.filter.to')} value={search.to ?? null} onChange={set('to')} />
      {any ? (
        <Button look="ghost" size="form" onClick={clear}>
          {t('log.filter.clear')}
        </Button>
      ) : null}
    </form>
  );
};
