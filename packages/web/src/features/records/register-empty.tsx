import { inSentence } from '@throughline/domain/kind-words.ts';
import { useDemo } from '../../api/demo.ts';
import { useKinds } from '../../api/kinds.ts';
import { useSession } from '../../api/session.ts';
import { newRecordHref } from '../../kinds/prefill.ts';
import { formatDay } from '../../text/dates.ts';
import { type PlainTextKey, t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { Filter, FilterField } from '../../ui/filter/filter-state.ts';
import { useNavigate } from '../../ui/navigate.ts';
import { totalText } from './register-tools.tsx';
import { type Register, useWithout } from './use-register.ts';

/** A filter in words, as its chip says it: "Unit is Claims or Health". */
export const filterWords = (filter: Filter, fields: readonly FilterField[]): string => {
  const field = fields.find((entry) => entry.id === filter.field);
  const key: PlainTextKey = `filter.${filter.operator}`;
  const values = filter.values.map(
    (value) =>
      field?.options?.find((option) => option.value === value)?.label ??
      (field?.input === 'day' ? formatDay(value) : value),
  );
  return [field?.label ?? filter.field, t(key), values.join(` ${t('filter.or')} `)]
    .filter((part) => part !== '')
    .join(' ');
};

const EmptyFilter = ({ register }: { register: Register }) => {
  const { kind, filters, fields, setFilters, search, change } = register;
  const last = filters.at(-1);
  const without = totalText(useWithout(register, last, true));
  const what = inSentence(kind.label);
  const n = filters.length + (search.q === undefined ? 0 : 1);
  const words = last === undefined ? '' : filterWords(last, fields);
  const sentence = [
    t('register.empty-filter', { n, what }),
    ...(last === undefined || without === undefined || without === '0'
      ? []
      : [t('register.empty-filter.without', { filter: words, count: without })]),
  ].join(' ');
  const clear = (): void =>
    change(
      { q: undefined, linked: undefined, ...Object.fromEntries(fields.map(({ id }) => [id, undefined])) },
      { push: true },
    );
  return (
    <EmptyState
      drawn={false}
      sentence={sentence}
      actions={
        <>
          {last === undefined ? null : (
            <Button onClick={() => setFilters(filters.filter((filter) => filter !== last))}>
              {t('register.empty-filter.remove', { filter: words })}
            </Button>
          )}
          {n > 1 || last === undefined ? (
            <Button look="ghost" onClick={clear}>
              {t('register.empty-filter.clear')}
            </Button>
          ) : null}
        </>
      }
    />
  );
};

/** The way to an example of the kind: in the demo where it is loaded, else to loading it (UX d). */
const DemoExample = ({ kind }: { kind: string }) => {
  const offered = useSession()?.demo === 'offered';
  const kinds = useKinds();
  const navigate = useNavigate();
  const example = useDemo()?.records.find((record) => record.kind === kind);
  if (example === undefined && !offered) return null;
  return (
    <Button
      size="form"
      look="ghost"
      onClick={() => navigate(example === undefined ? '/demo' : kinds.href(example))}
    >
      {t(example === undefined ? 'demo.example-load' : 'demo.example')}
    </Button>
  );
};

/** An empty register teaches; an empty answer to a filter says which filter to blame (UX d). */
export const RegisterEmpty = ({ register }: { register: Register }) => {
  const { kind, narrowed, asOf } = register;
  const navigate = useNavigate();
  if (Object.keys(narrowed).length > 0) return <EmptyFilter register={register} />;
  if (asOf !== undefined) return <EmptyState drawn={false} sentence={t('register.as-of-empty')} />;
  const may = kind.abilities.create;
  return (
    <EmptyState
      sentence={kind.purpose}
      actions={
        <>
          <Button
            size="form"
            reason={may === undefined || may.allowed ? undefined : may.reason}
            onClick={() => navigate(newRecordHref(kind.collection))}
          >
            {t('register.new', { what: inSentence(kind.label) })}
          </Button>
          <Button size="form" onClick={() => navigate(`/import?kind=${kind.name}`)}>
            {t('register.import')}
          </Button>
          <DemoExample kind={kind.name} />
        </>
      }
    />
  );
};
