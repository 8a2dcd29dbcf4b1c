import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AuthorityWire } from '@throughline/domain/wire-pages.ts';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { useState } from 'react';
import { authorityQuery } from '../../api/authority.ts';
import { put } from '../../api/client.ts';
import { useMembers } from '../../api/members.ts';
import { isWaiting, proposalsQuery } from '../../api/proposals.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { p } from '../../proposals/proposal-text.ts';
import { Proposals } from '../../proposals/proposals.tsx';
import { formatDay } from '../../text/dates.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ChoiceField, type Option } from '../../ui/fields/choice-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { CloseIcon, PlusIcon } from '../../ui/icons.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { emptyLine, grantsOf, type Line, linesOf, withoutLines } from './authority-lines.ts';
import { DutyWaivers } from './duty-waivers.tsx';
import { RecusalList } from './recusal-list.tsx';
import { roleOptions } from './roles.ts';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { UsualTable } from './usual-table.tsx';
import { t } from './words.ts';

const options = (items: readonly { id: string; name: string }[]): readonly Option[] =>
  items.map(({ id, name }) => ({ value: id, label: name }));

type Choices = Record<'level' | 'dimension' | 'holder' | 'delegate', readonly Option[]>;
const columns = ['level', 'dimension', 'holder', 'delegate', 'until'] as const;

const LineRow = ({
  line,
  number,
  choices,
  reason,
  onChange,
  onRemove,
}: {
  line: Line;
  number: number;
  choices: Choices;
  reason: string | undefined;
  onChange: (change: Partial<Line>) => void;
  onRemove: () => void;
}) => {
  const label = (column: (typeof columns)[number]): string =>
    t('settings.authority.line', { n: number, what: t(`settings.authority.${column}`) });
  const choice = (column: keyof Choices) => (
    <td className={css[column]}>
      <ChoiceField
        bare
        label={label(column)}
        value={line[column]}
        options={choices[column]}
        optional={column === 'delegate'}
        reason={reason}
        onChange={(value) => onChange({ [column]: value })}
      />
    </td>
  );
  return (
    <tr>
      {choice('level')}
      {choice('dimension')}
      {choice('holder')}
      {choice('delegate')}
      <td className={css.cell}>
        <DayField
          bare
          label={label('until')}
          value={line.until}
          optional
          reason={reason}
          onChange={(until) => onChange({ until })}
        />
      </td>
      <td className={plain.tight}>
        {reason === undefined ? (
          <IconButton
            small
            label={t('settings.authority.remove', { n: number })}
            icon={<CloseIcon size={14} />}
            onClick={onRemove}
          />
        ) : null}
      </td>
    </tr>
  );
};

const Table = ({ authority, on }: { authority: AuthorityWire; on: string | null }) => {
  const client = useQueryClient();
  const members = useMembers();
  const [lines, setLines] = useState(() => linesOf(authority.grants));
  const [asked, setAsked] = useState(false);
  const [beginning, setBeginning] = useState(false);
  const [why, setWhy] = useState('');
  const people = members.map(({ id, name }) => ({ value: id, label: name }));
  const choices: Choices = {
    level: options(authority.levels),
    dimension: options(authority.dimensions),
    holder: [
      ...roleOptions().map(({ value, label }) => ({
        value: `role:${value}`,
        label: t('settings.authority.role', { name: label }),
      })),
      ...people.map(({ value, label }) => ({ value: `member:${value}`, label })),
    ],
    delegate: people,
  };
  const save = useMutation({
    mutationFn: (grants: unknown) =>
      put<AuthorityWire | WaitsWire>('/api/v1/authority', {
        grants,
        ...(why.trim() === '' ? {} : { reason: why.trim() }),
      }),
    onSuccess: (now) => {
      void client.invalidateQueries({ queryKey: proposalsQuery.queryKey });
      setWhy('');
      if (isWaiting(now)) {
        notify({ text: p('proposal.waits') });
        return;
      }
      client.setQueryData(authorityQuery(null).queryKey, now);
      notify({ text: t('settings.saved') });
    },
  });
  const reason =
    on === null ? refusal(authority.abilities.edit) : t('settings.authority.past', { day: formatDay(on) });
  const problem = troubleOf(save.error);
  const grants = grantsOf(lines);
  const left = withoutLines(authority.dimensions, lines);
  const nothingYet = reason === undefined && lines.length === 0 && authority.grants.length === 0;
  const submit = (): void => {
    setAsked(true);
    if (grants !== null) save.mutate(grants);
  };
  return (
    <>
      {lines.length === 0 ? (
        <p className={css.explain}>
          {on !== null
            ? t('settings.authority.none-then')
            : left.nobody.length > 0
              ? t('settings.authority.none-now')
              : `${t('settings.authority.none')} ${t('settings.authority.none-waiver')}`}
        </p>
      ) : null}
      {lines.length === 0 ? null : (
        <ScrollBox label={t('settings.authority')}>
          <table className={`${plain.table} ${css.authority}`} aria-label={t('settings.authority')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`settings.authority.${column}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {lines.map((line, index) => (
                <LineRow
                  key={line.key}
                  line={line}
                  number={index + 1}
                  choices={choices}
                  reason={reason}
                  onChange={(change) =>
                    setLines((now) =>
                      now.map((each) => (each.key === line.key ? { ...each, ...change } : each)),
                    )
                  }
                  onRemove={() => setLines((now) => now.filter(({ key }) => key !== line.key))}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {left.roles.length > 0 && (lines.length > 0 || left.nobody.length > 0) ? (
        <p className={`${css.explain} ${css.after}`}>
          {t('settings.authority.open', { names: left.roles.join(', ') })}
        </p>
      ) : null}
      {left.nobody.length > 0 ? (
        <p className={`${css.explain} ${css.after}`}>
          {t('settings.authority.over', { names: left.nobody.join(', ') })}
        </p>
      ) : null}
      {beginning ? (
        <UsualTable
          authority={authority}
          holders={choices.holder}
          onFill={(filled) => {
            setLines(filled);
            setBeginning(false);
            notify({ text: t('settings.authority.begun', { n: filled.length }) });
          }}
          onClose={() => setBeginning(false)}
        />
      ) : null}
      {asked && grants === null ? (
        <p role="alert" className={css.error}>
          {t('settings.authority.incomplete')}
        </p>
      ) : null}
      {reason === undefined && !nothingYet ? (
        <LongTextField
          label={p('proposal.why')}
          help={p('proposal.why-help')}
          value={why}
          maxLength={500}
          onChange={setWhy}
        />
      ) : null}
      {problem === null ? null : <ProblemBox problem={problem} />}
      <div className={css.buttons}>
        {nothingYet ? (
          <Button size="form" look="primary" onClick={() => setBeginning(true)}>
            {t('settings.authority.begin')}
          </Button>
        ) : null}
        {reason === undefined ? (
          <Button
            size="form"
            icon={<PlusIcon size={14} />}
            onClick={() => setLines((now) => [...now, emptyLine(now)])}
          >
            {t('settings.authority.add')}
          </Button>
        ) : null}
        {nothingYet ? null : (
          <Button
            look="primary"
            size="form"
            busy={save.isPending}
            reason={reason}
            reasonShown
            onClick={submit}
          >
            {t('settings.authority.save')}
          </Button>
        )}
      </div>
    </>
  );
};

/** `/authority`: who may decide what, up to which level (DESIGN 7). */
export const Page = () => {
  const [on, setOn] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(authorityQuery(on));
  const problem = troubleOf(error);
  return (
    <SettingsFrame title={t('settings.authority.sentence')} sentence={t('settings.authority.explain')}>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={6} /> : null}
      <div className={css.asOf}>
        <DayField
          label={t('settings.authority.on')}
          help={t('settings.authority.on-help')}
          value={on}
          optional
          onChange={setOn}
        />
      </div>
      {data === undefined ? null : <Table key={on ?? ''} authority={data} on={on} />}
      <Proposals matters={['authority', 'waiver']} className={css.form} />
      <DutyWaivers />
      <RecusalList />
    </SettingsFrame>
  );
};
