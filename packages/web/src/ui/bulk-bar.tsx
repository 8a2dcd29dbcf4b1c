import { formatNumber, t } from '../text/t.ts';
import css from './bulk-bar.module.css';
import { Button } from './button.tsx';
import { Menu } from './menu.tsx';

export type BulkAction = { label: string; run: () => void; reason?: string | undefined };

export type BulkBarProps = {
  count: number;
  /** The first five stand in the bar, the others under More. */
  actions: readonly BulkAction[];
  onClear: () => void;
  /** Offers all rows of the filter: "Select all 1,284 that match". */
  matching?: { total: number; onSelectAll: () => void };
};

/** What can be done with the selected rows; floats at the foot of the list, in inverse colours. */
export const BulkBar = ({ count, actions, onClear, matching }: BulkBarProps) => {
  if (count === 0) return null;
  const rest = actions.slice(5);
  const label = t('ui.selected', { n: count });
  return (
    <div role="toolbar" aria-label={label} className={css.bar}>
      <b className={css.count}>{label}</b>
      {matching === undefined || count >= matching.total ? null : (
        <Button look="inverse" onClick={matching.onSelectAll}>
          {t('ui.show-all-matching', { n: formatNumber(matching.total) })}
        </Button>
      )}
      {actions.slice(0, 5).map((action) => (
        <Button key={action.label} look="inverse" reason={action.reason} onClick={action.run}>
          {action.label}
        </Button>
      ))}
      {rest.length === 0 ? null : (
        <Menu
          trigger={<Button look="inverse">{t('ui.more')}</Button>}
          groups={[
            {
              items: rest.map((action) => ({
                label: action.label,
                onSelect: action.run,
                reason: action.reason,
              })),
            },
          ]}
        />
      )}
      <span className={css.divider} />
      <Button look="inverse" keys="escape" onClick={onClear}>
        {t('ui.clear')}
      </Button>
    </div>
  );
};
