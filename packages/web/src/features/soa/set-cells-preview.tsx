import type { CellsSetWire } from '@throughline/domain/wire-soa.ts';
import { useKinds } from '../../api/kinds.ts';
import plain from '../../ui/plain.module.css';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import css from './matrix.module.css';
import { w } from './words.ts';

/** Cells told one by one; the rest are counted. */
const toldAtMost = 60;

/** What setting the cells would write, and which refuse, by their reason. */
export const SetCellsPreview = ({ tried }: { tried: CellsSetWire }) => {
  const states = useKinds().byName('implementation')?.states ?? {};
  const label = (state: string | null) =>
    state === null || state === 'ended' ? w('soa.cell.missing') : (states[state]?.label ?? state);
  const { made, changed, unchanged, refused } = tried;
  const written = tried.cells.filter(({ does }) => does !== 'nothing');
  const byReason = [...Map.groupBy(refused, ({ reason }) => reason)];
  return (
    <div role="status">
      <p className={css.told}>
        {made === 0 ? '' : w('soa.set.made', { n: made })}{' '}
        {changed === 0 ? '' : w('soa.set.changed', { n: changed })}{' '}
        {unchanged === 0 ? '' : w('soa.set.unchanged', { n: unchanged })}{' '}
        {refused.length === 0 ? '' : w('soa.set.refused', { n: refused.length })}
      </p>
      {byReason.length === 0 ? null : (
        <ul className={css.refusals}>
          {byReason.map(([reason, cells]) => (
            <li key={reason}>
              {reason}{' '}
              <span className={css.small}>
                {cells
                  .slice(0, toldAtMost)
                  .map(({ control, system }) => w('soa.set.cell', { control, system }))
                  .join(', ')}
                {cells.length > toldAtMost ? ` ${w('soa.more', { n: cells.length - toldAtMost })}` : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
      {written.length === 0 ? null : (
        <ScrollBox label={w('soa.set.written')}>
          <table className={plain.table} aria-label={w('soa.set.written')}>
            <thead>
              <tr>
                <th scope="col">{w('soa.column.control')}</th>
                <th scope="col">{w('soa.set.system')}</th>
                <th scope="col">{w('soa.set.now')}</th>
                <th scope="col">{w('soa.set.then')}</th>
                <th scope="col">{w('soa.set.record')}</th>
              </tr>
            </thead>
            <tbody>
              {written.slice(0, toldAtMost).map(({ control, system, record, before, after }) => (
                <tr key={`${control} ${system}`}>
                  <th scope="row">{control}</th>
                  <td>{system}</td>
                  <td>{label(before)}</td>
                  <td>{label(after)}</td>
                  <td>{record ?? w('soa.set.new')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {written.length > toldAtMost ? (
        <p className={css.quiet}>{w('soa.more', { n: written.length - toldAtMost })}</p>
      ) : null}
    </div>
  );
};
