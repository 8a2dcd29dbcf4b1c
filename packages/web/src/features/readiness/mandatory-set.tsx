import type { ActionWire, CheckWire, MandatoryWire, ReadinessWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { startDownload } from '../../api/organisation.ts';
import { useSession } from '../../api/session.ts';
import { refusal } from '../../kinds/roles.ts';
import { ConfirmDialog } from '../../standing/confirm-dialog.tsx';
import { useAction } from '../../standing/use-action.tsx';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { ExportIcon } from '../../ui/icons.ts';
import { Link, RefLink } from '../../ui/link.tsx';
import { VerdictLabel } from '../../ui/marks/verdict-mark.tsx';
import { Menu } from '../../ui/menu.tsx';
import plain from '../../ui/plain.module.css';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { checks, isComputed, nextOf, orderItems, verdictOfCheck } from './mandatory-order.ts';
import css from './readiness.module.css';

const columns = {
  exists: 'readiness.mandatory.exists',
  approved: 'readiness.mandatory.approved',
  current: 'readiness.mandatory.current',
  ownerCanSpeak: 'readiness.mandatory.owner-can-speak',
} as const;

/** A reason that stands in the cell before is not said again. */
const CheckCell = ({
  check,
  before,
  column,
}: {
  check: CheckWire;
  before: CheckWire | undefined;
  column: keyof typeof columns;
}) => (
  <td className={css.check} data-column={t(columns[column])} title={check.why}>
    <VerdictLabel verdict={verdictOfCheck(check)}>{t(`readiness.check.${check.state}`)}</VerdictLabel>
    {check.state === 'yes' || check.why === '' || check.why === before?.why ? null : (
      <span className={css.why}>{check.why}</span>
    )}
  </td>
);

function checkOf(item: MandatoryWire, check: keyof typeof columns): CheckWire;
function checkOf(item: MandatoryWire, check: keyof typeof columns | undefined): CheckWire | undefined;
function checkOf(item: MandatoryWire, check: keyof typeof columns | undefined): CheckWire | undefined {
  if (check === undefined) return undefined;
  return check === 'current' ? (item.holds ?? item.current) : item[check];
}

const NextCell = ({
  item,
  onConfirm,
  onAction,
}: {
  item: MandatoryWire;
  onConfirm: () => void;
  onAction: (action: ActionWire) => void;
}) => {
  const next = nextOf(item);
  const { action, owner } = item;
  const me = useSession()?.member?.id;
  const others = owner !== null && owner.id !== me;
  return (
    <td className={css.next}>
      {next === 'confirm' && others ? (
        <span className={css.quiet}>{t('readiness.confirm.owner')}</span>
      ) : null}
      {next === 'confirm' && !others ? (
        <Button onClick={onConfirm}>
          {t('readiness.confirm')} <VisuallyHidden>{item.title}</VisuallyHidden>
        </Button>
      ) : null}
      {next === 'action' && action !== null ? (
        <Button reason={refusal(action.ability)} onClick={() => onAction(action)}>
          {action.label} <VisuallyHidden>{item.title}</VisuallyHidden>
        </Button>
      ) : null}
      {next === 'waits' ? <span className={css.quiet}>{t('readiness.mandatory.waits')}</span> : null}
    </td>
  );
};

/** What stands without a record: worked out, and for the statement the page that shows it. */
const Unrecorded = ({ item }: { item: MandatoryWire }) => {
  const words = isComputed(item) ? t('readiness.mandatory.computed') : '–';
  if (item.id === 'MD-06') return <Link href="/soa">{t('place.soa')}</Link>;
  return <span className={css.quiet}>{words}</span>;
};

const Items = ({ items, label }: { items: readonly MandatoryWire[]; label: string }) => {
  const kinds = useKinds();
  const [asked, setAsked] = useState<MandatoryWire | null>(null);
  const { run, dialog } = useAction();
  return (
    <ScrollBox label={label}>
      <table className={`${plain.table} ${css.items}`} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('readiness.mandatory.clause')}</th>
            <th scope="col">{t('readiness.mandatory.item')}</th>
            <th scope="col">{t('readiness.mandatory.record')}</th>
            {checks.map((check) => (
              <th key={check} scope="col">
                {t(columns[check])}
              </th>
            ))}
            <th scope="col">{t('readiness.mandatory.next')}</th>
            <th scope="col">{t('readiness.mandatory.owner')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td className={plain.quiet}>{item.clause}</td>
              <th scope="row">{item.title}</th>
              <td className={css.record}>
                {item.record === null ? (
                  <Unrecorded item={item} />
                ) : (
                  <>
                    <RefLink
                      refText={item.record.ref}
                      href={kinds.href(item.record)}
                      title={item.record.title}
                    />
                    {item.version === null ? null : (
                      <span className={css.version}>
                        {t('readiness.mandatory.version', { n: item.version })}
                      </span>
                    )}
                  </>
                )}
              </td>
              {checks.map((check, at) => (
                <CheckCell
                  key={check}
                  check={checkOf(item, check)}
                  before={checkOf(item, checks[at - 1])}
                  column={check}
                />
              ))}
              <NextCell item={item} onConfirm={() => setAsked(item)} onAction={run} />
              <td>{item.owner?.name ?? <span className={css.quiet}>–</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {dialog}
      {asked === null ? null : <ConfirmDialog item={asked} onClose={() => setAsked(null)} />}
    </ScrollBox>
  );
};

const formats = ['csv', 'xlsx', 'json'] as const;

/** The index as auditors ask for it: items, documents, versions, marks, owners, dates. */
const ExportIndex = () => (
  <Menu
    align="end"
    trigger={<Button icon={<ExportIcon />}>{t('readiness.mandatory.export')}</Button>}
    groups={[
      {
        items: formats.map((format) => ({
          label: t(`readiness.mandatory.export-${format}`),
          onSelect: () => startDownload(`/api/v1/readiness/mandatory/export?format=${format}`),
        })),
      },
    ]}
  />
);

/** The mandatory set by clause with its four marks, the supporting items folded below (UX d, wireframe 7). */
export const MandatorySet = ({ readiness }: { readiness: ReadinessWire }) => {
  const [order, setOrder] = useState<'clause' | 'failing'>('clause');
  const { mandatory, supporting } = readiness;
  const holds = mandatory.filter(({ passes }) => passes).length;
  const open = supporting.filter(({ passes }) => !passes).length;
  const sentence = t('readiness.mandatory.sentence', { n: holds, of: mandatory.length });
  return (
    <>
      <div className={css.bar}>
        <h2 className={css.sentence}>{sentence}</h2>
        <span className={css.tools}>
          <ExportIndex />
          <Segmented
            label={t('readiness.mandatory.order')}
            value={order}
            onChange={setOrder}
            options={[
              { value: 'clause', label: t('readiness.mandatory.by-clause') },
              { value: 'failing', label: t('readiness.mandatory.failing-first') },
            ]}
          />
        </span>
      </div>
      <Items items={orderItems(mandatory, order)} label={t('readiness.tab.mandatory')} />
      <details className={css.supporting}>
        <summary>
          {t('readiness.mandatory.supporting', { n: supporting.length })},{' '}
          {open === 0
            ? t('readiness.mandatory.all-hold')
            : t('readiness.mandatory.supporting-open', { n: open })}
        </summary>
        <Items
          items={orderItems(supporting, order)}
          label={t('readiness.mandatory.supporting', { n: supporting.length })}
        />
      </details>
    </>
  );
};
