import { partLabel } from '../../kinds/parts.ts';
import { formatNumber, t } from '../../text/t.ts';
import { IconButton } from '../../ui/button.tsx';
import { FilterChips } from '../../ui/filter/filter-chips.tsx';
import { DensityIcon } from '../../ui/icons.ts';
import { Menu } from '../../ui/menu.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { FindBox } from './find-box.tsx';
import { groupings, groupKeys } from './grouping.ts';
import css from './register.module.css';
import type { Register } from './use-register.ts';

export type Look = { density: 32 | 40; plain: boolean };

/** A total as it is known: "10,000+" where counting stopped. */
export const totalText = (total: { count: number; more: boolean } | undefined): string | undefined => {
  if (total === undefined) return undefined;
  const count = formatNumber(total.count);
  return total.more ? t('register.more-than', { n: count }) : count;
};

type ToolsProps = {
  register: Register;
  /** Rows of the register without any filter, where known. */
  all: string | undefined;
  look: Look;
  onLook: (look: Look) => void;
};

const Matching = ({ register, all }: Pick<ToolsProps, 'register' | 'all'>) => {
  const matching = totalText(register.count?.total);
  if (matching === undefined || all === undefined || matching === all) return null;
  return (
    <span className={css.matching}>
      <b>{matching}</b> {t('register.of', { total: all })}
    </span>
  );
};

const DisplayMenu = ({ register, look, onLook }: Omit<ToolsProps, 'all'>) => {
  const { kind, group, change } = register;
  return (
    <Menu
      align="end"
      trigger={<IconButton label={t('register.density')} icon={<DensityIcon />} />}
      groups={[
        {
          label: t('register.density'),
          items: [
            {
              label: t('register.density.compact'),
              checked: look.density === 32,
              onSelect: () => onLook({ ...look, density: 32 }),
            },
            {
              label: t('register.density.roomy'),
              checked: look.density === 40,
              onSelect: () => onLook({ ...look, density: 40 }),
            },
            {
              label: t('register.plain'),
              checked: look.plain,
              onSelect: () => onLook({ ...look, plain: !look.plain }),
            },
          ],
        },
        {
          label: t('register.group'),
          items: [
            {
              label: t('register.group.none'),
              checked: group === undefined,
              onSelect: () => change({ group: undefined }, { push: true }),
            },
            ...groupings(kind).map((part) => ({
              label: partLabel(kind, part === 'owner' ? (kind.owner ?? part) : part),
              checked: group === part,
              onSelect: () => change({ group: part, sort: undefined }, { push: true }),
            })),
            ...(group === undefined
              ? []
              : [
                  {
                    label: t('register.group.fold'),
                    onSelect: () => register.folds.foldAll(groupKeys(register.facets)),
                  },
                  { label: t('register.group.unfold'), onSelect: () => register.folds.foldAll([]) },
                ]),
          ],
        },
      ]}
    />
  );
};

/** Filters, what they leave, words within the list, columns and the height of rows. */
export const RegisterTools = ({ register, all, look, onLook }: ToolsProps) => (
  <div className={css.tools}>
    <div className={css.chips}>
      <FilterChips fields={register.fields} filters={register.filters} onChange={register.setFilters} />
    </div>
    <Matching register={register} all={all} />
    {register.asOf === undefined ? (
      <FindBox
        value={register.search.q ?? ''}
        onChange={(words) => register.change({ q: words.trim() === '' ? undefined : words })}
      />
    ) : null}
    <ColumnChooser kind={register.kind} shown={register.columns} onChange={register.setColumns} />
    <DisplayMenu register={register} look={look} onLook={onLook} />
  </div>
);
