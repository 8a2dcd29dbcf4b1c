import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UnitsWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { get, post } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { dayIn, formatDay } from '../../text/dates.ts';
import { formatNumber } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Link } from '../../ui/link.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { refusedBut } from './roles.ts';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { Parts, useStructure } from './structure-parts.tsx';
import type { StructureWire } from './structure-words.ts';
import { t } from './words.ts';

type Unit = UnitsWire['items'][number];

const unitsQuery = {
  queryKey: ['organisation', 'units'],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<UnitsWire>('/api/v1/organisation/units', { signal }),
};

/** A list filter takes several values with commas between: one with a comma stands in quotation marks. */
const filterValue = (name: string): string => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

const Rename = ({
  unit,
  others,
  onClose,
}: {
  unit: Unit;
  others: readonly string[];
  onClose: () => void;
}) => {
  const client = useQueryClient();
  const [name, setName] = useState(unit.name);
  const rename = useMutation({
    mutationFn: (to: string) =>
      post<{ job?: { id: string } }>('/api/v1/systems/bulk', {
        filter: { unit: filterValue(unit.name) },
        patch: { fields: { unit: to } },
      }),
    onSuccess: (answer) => {
      notify({ text: answer.job === undefined ? t('units.renamed', { name: name.trim() }) : t('units.job') });
      void client.invalidateQueries();
      onClose();
    },
  });
  const problem = troubleOf(rename.error);
  const to = name.trim();
  return (
    <FormDialog
      title={t('units.rename-title', { name: unit.name })}
      submit={t('units.rename-do', { n: unit.systems })}
      cancel={t('settings.cancel')}
      busy={rename.isPending}
      reason={to === '' || to === unit.name ? t('settings.needed') : undefined}
      onSubmit={() => rename.mutate(to)}
      onClose={onClose}
    >
      <div className={css.dialogForm}>
        <TextField
          label={t('units.rename-label')}
          help={others.includes(to) ? t('units.merges') : t('units.rename-help')}
          value={name}
          maxLength={200}
          onChange={setName}
        />
        {problem === null ? null : <ProblemBox problem={problem} />}
      </div>
    </FormDialog>
  );
};

type RowProps = {
  unit: Unit;
  structure: StructureWire | undefined;
  onRename: (() => void) | undefined;
  onPlace: ((id: string | null) => void) | undefined;
};

/** What stands beside the name: below what, and until when. */
const placeWords = (unit: Unit, structure: StructureWire | undefined, today: string): readonly string[] => {
  const known = structure?.units.find(({ name }) => name === unit.name);
  const parent = structure?.units.find(({ id }) => id === known?.parent);
  const ending = unit.endsOn === null ? undefined : unit.endsOn < today ? 'units.ended' : 'units.ends';
  return [
    ...(parent === undefined ? [] : [t('units.below', { name: parent.name })]),
    ...(ending === undefined || unit.endsOn === null ? [] : [t(ending, { day: formatDay(unit.endsOn) })]),
  ];
};

const Row = ({ unit, structure, onRename, onPlace }: RowProps) => {
  const zone = useTimeZone();
  const known = structure?.units.find(({ name }) => name === unit.name);
  const words = placeWords(unit, structure, dayIn(new Date(), zone));
  const name = encodeURIComponent(filterValue(unit.name));
  const within = unit.registered ? 'unit.within' : 'unit';
  return (
    <tr>
      <th scope="row">
        {unit.name}
        {words.length === 0 ? null : <span className={css.subUnit}>{words.join(', ')}</span>}
        {unit.subUnits.map(({ name, systems }) => (
          <span key={name} className={css.subUnit}>
            {name} <span className={css.quiet}>{formatNumber(systems)}</span>
          </span>
        ))}
      </th>
      <td>{unit.codes.join(', ')}</td>
      <td className={plain.number}>
        <Link href={`/systems?unit=${name}`}>{formatNumber(unit.systems)}</Link>
      </td>
      <td className={plain.number}>
        <Link href={`/systems?${within}=${name}`}>{formatNumber(unit.systemsWithin)}</Link>
      </td>
      <td className={plain.tight}>
        <span className={css.person}>
          {onPlace === undefined ? null : (
            <Button
              aria-label={t(known ? 'units.change-of' : 'units.register-of', { name: unit.name })}
              onClick={() => onPlace(known?.id ?? null)}
            >
              {t(known ? 'units.change' : 'units.register')}
            </Button>
          )}
          {onRename === undefined || unit.systems === 0 ? null : (
            <Button aria-label={t('units.rename-of', { name: unit.name })} onClick={onRename}>
              {t('units.rename')}
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
};

/** `/units`: units with what stands below them and how many systems name them, sites, and legal entities. */
export const Page = () => {
  const me = useSession();
  const { data, error, refetch } = useQuery(unitsQuery);
  const [renaming, setRenaming] = useState<Unit | null>(null);
  const { structure, reason, open, dialog } = useStructure();
  const problem = troubleOf(error);
  const may = me?.roles.includes('aims-manager') === true;
  const refused = refusedBut('aims-manager', me?.roles);
  return (
    <SettingsFrame title={t('units.title')} sentence={t('units.sentence')}>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={6} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState sentence={`${t('units.none')}. ${t('units.none-text')}`} />
      ) : data === undefined ? null : (
        <ScrollBox label={t('units.title')}>
          <table className={plain.table} aria-label={t('units.title')}>
            <thead>
              <tr>
                <th scope="col">{t('units.name')}</th>
                <th scope="col">{t('units.codes')}</th>
                <th scope="col" className={plain.number}>
                  {t('units.systems')}
                </th>
                <th scope="col" className={plain.number}>
                  {t('units.within')}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.items.map((unit) => (
                <Row
                  key={unit.name}
                  unit={unit}
                  structure={structure}
                  onRename={may ? () => setRenaming(unit) : undefined}
                  onPlace={reason === undefined ? (id) => open('units', id, unit.name) : undefined}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {data === undefined || refused === undefined ? null : (
        <p className={css.explain}>{t('units.refused', { why: refused })}</p>
      )}
      {data === undefined || data.without === 0 ? null : (
        <p className={css.explain}>{t('units.without', { n: data.without })}</p>
      )}
      {structure === undefined ? null : (
        <>
          <div className={css.buttons}>
            <Button size="form" reason={reason} reasonShown onClick={() => open('units', null)}>
              {t('units.add.units')}
            </Button>
          </div>
          <Parts type="sites" structure={structure} reason={reason} onOpen={open} />
          <Parts type="entities" structure={structure} reason={reason} onOpen={open} />
        </>
      )}
      {dialog}
      {renaming === null || data === undefined ? null : (
        <Rename
          unit={renaming}
          others={data.items.map(({ name }) => name).filter((name) => name !== renaming.name)}
          onClose={() => setRenaming(null)}
        />
      )}
    </SettingsFrame>
  );
};
