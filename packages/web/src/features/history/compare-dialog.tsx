import { useQuery } from '@tanstack/react-query';
import type { KindWire, RecordWire, RevisionWire } from '@throughline/domain/wire.ts';
import type { Names } from '../../api/members.ts';
import { compareVersions } from '../../api/records.ts';
import { partLabel, valueText } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DiffText } from '../../ui/diff-text.tsx';
import { type Difference, differences, inOrder } from './compare.ts';
import css from './history.module.css';

type CompareDialogProps = {
  kind: KindWire;
  record: RecordWire;
  names: Names;
  chosen: readonly [RevisionWire, RevisionWire];
  onRestore: ((version: RevisionWire, difference: Difference) => void) | undefined;
  onClose: () => void;
};

const textOf = (
  kind: KindWire,
  difference: Difference,
  value: Difference['before'],
  names: Names,
  targets: Names,
): string => {
  if (value === undefined || value === null) return '';
  if (difference.type === 'state')
    return typeof value === 'string' ? (kind.states[value]?.label ?? value) : '';
  if (difference.type === 'relation')
    return Array.isArray(value) ? value.map((id) => targets[String(id)] ?? String(id)).join('\n') : '';
  const field = kind.fields[difference.part];
  if (field === undefined) return typeof value === 'string' ? value : JSON.stringify(value);
  return valueText(field, value, names, '\n');
};

const isLong = (kind: KindWire, part: string): boolean =>
  ['text', 'list', 'rows'].includes(kind.fields[part]?.type ?? '');

/** Two versions side by side: fields as they were and are, long text as one with its words added and removed. */
export const CompareDialog = ({ kind, record, names, chosen, onRestore, onClose }: CompareDialogProps) => {
  const [before, after] = inOrder(...chosen);
  const found = differences(kind, before, after);
  const linked = found?.some((difference) => difference.type === 'relation') === true;
  const versions = { from: before.version, to: after.version };
  const compared = useQuery({
    queryKey: ['history', record.ref, 'compare', versions],
    queryFn: ({ signal }) => compareVersions(kind.collection, record.ref, versions, signal),
    enabled: linked,
  }).data;
  const targets = Object.fromEntries(
    Object.entries(compared?.refs ?? {}).map(([id, ref]) => [id, `${ref.ref} ${ref.title}`]),
  );
  return (
    <Dialog
      opened
      onClose={onClose}
      size="large"
      title={t('history.compare-title', { ref: record.ref, a: before.version, b: after.version })}
    >
      {found === null ? <p>{t('history.erased-content')}</p> : null}
      {found?.length === 0 ? <p>{t('history.same')}</p> : null}
      <ul className={css.differences}>
        {found?.map((difference) => {
          const old = textOf(kind, difference, difference.before, names, targets);
          const now = textOf(kind, difference, difference.after, names, targets);
          const label = partLabel(kind, difference.part);
          return (
            <li key={`${difference.type} ${difference.part}`} className={css.difference}>
              <div className={css.differenceHead}>
                <h3>{label}</h3>
                {onRestore === undefined || difference.type !== 'field' ? null : (
                  <Button look="ghost" onClick={() => onRestore(before, difference)}>
                    {t('history.restore')}
                  </Button>
                )}
              </div>
              {isLong(kind, difference.part) ? (
                <DiffText before={old} after={now} />
              ) : (
                <div className={css.sides}>
                  <div>
                    <b>{t('history.before', { n: before.version })}</b>
                    {old === '' ? <span className={css.quiet}>{t('history.empty')}</span> : <del>{old}</del>}
                  </div>
                  <div>
                    <b>{t('history.before', { n: after.version })}</b>
                    {now === '' ? <span className={css.quiet}>{t('history.empty')}</span> : <ins>{now}</ins>}
                  </div>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
};
