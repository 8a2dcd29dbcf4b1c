import { inSentence } from '@throughline/domain/kind-words.ts';
import type { KindWire, RecordWire, RefWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { approvalWord } from '../../kinds/line-label.ts';
import { newRecordHref } from '../../kinds/prefill.ts';
import { RecordFinder } from '../../kinds/record-finder.tsx';
import { refusal } from '../../kinds/roles.ts';
import { formatNumber, t } from '../../text/t.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CloseIcon, PlusIcon } from '../../ui/icons.ts';
import { Link, RefLink } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import css from './record.module.css';
import { StateCell } from './register-cells.tsx';
import type { Save } from './use-save.ts';

type LinksTabProps = { kind: KindWire; record: RecordWire; save: Save; editable: boolean };

type Mark = RecordWire['marks'][string];

/** How a linked record stands, in words; empty where nothing is judged of it. */
const markWords = (mark: Mark | undefined): string => {
  if (mark?.approval !== undefined) return approvalWord(mark.approval);
  if (mark?.gaps === undefined) return '';
  return mark.gaps === 0 ? t('links.no-gap') : t('links.gaps', { n: mark.gaps });
};

type RefRowProps = { target: RefWire; mark: Mark | undefined; onUnlink: (() => void) | undefined };

const RefRow = ({ target, mark, onUnlink }: RefRowProps) => {
  const kinds = useKinds();
  const kind = kinds.byName(target.kind);
  return (
    <tr>
      <td className={css.refCell}>
        <RefLink refText={target.ref} href={kinds.href(target)} />
      </td>
      <td>{target.title}</td>
      <td className={css.stateCell}>
        {kind === undefined ? target.state : <StateCell kind={kind} state={target.state} />}
      </td>
      <td className={css.stateCell}>{markWords(mark)}</td>
      <td className={css.actCell}>
        {onUnlink === undefined ? null : (
          <IconButton
            small
            label={t('links.unlink', { ref: target.ref })}
            icon={<CloseIcon size={14} />}
            onClick={onUnlink}
          />
        )}
      </td>
    </tr>
  );
};

const useIsPast = () => {
  const kinds = useKinds();
  return (ref: RefWire): boolean =>
    ref.archived === true || kinds.byName(ref.kind)?.states[ref.state]?.ended === true;
};

type TableProps = {
  label: string;
  items: readonly RefWire[];
  marks: RecordWire['marks'];
  onUnlink?: (ref: RefWire) => void;
};

/** Linked records; those that are over fold away under "2 past" (UX d, Links). */
const RefTable = ({ label, items, marks, onUnlink }: TableProps) => {
  const isPast = useIsPast();
  const [opened, setOpened] = useState(false);
  const past = items.filter(isPast);
  const shown = opened ? items : items.filter((item) => !past.includes(item));
  return (
    <>
      {shown.length === 0 ? null : (
        <table className={css.table} aria-label={label}>
          <tbody>
            {shown.map((target) => (
              <RefRow
                key={target.id}
                target={target}
                mark={marks[target.id]}
                onUnlink={onUnlink === undefined ? undefined : () => onUnlink(target)}
              />
            ))}
          </tbody>
        </table>
      )}
      {past.length === 0 ? null : (
        <span>
          <Button look="ghost" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {t('links.past', { n: past.length })}
          </Button>
        </span>
      )}
    </>
  );
};

type Relation = KindWire['relations'][string];

const LinkDialog = ({
  relation,
  chosen,
  onLink,
  onClose,
}: {
  relation: Relation;
  chosen: readonly string[];
  onLink: (ref: RefWire) => Promise<void>;
  onClose: () => void;
}) => {
  const [problem, setProblem] = useState<Trouble | null>(null);
  const link = async (ref: RefWire): Promise<void> => {
    try {
      await onLink(ref);
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t('links.link-to', { label: relation.label })} size="medium">
      <div className={css.stack}>
        <RecordFinder
          autoFocus
          label={t('links.find')}
          to={relation.to}
          chosen={chosen}
          onChoose={(ref) => void link(ref)}
        />
        {problem === null ? null : <ErrorLine problem={problem} />}
      </div>
    </Dialog>
  );
};

const OutGroup = ({ name, relation, props }: { name: string; relation: Relation; props: LinksTabProps }) => {
  const { record, save } = props;
  const editable = props.editable && relation.byAct !== true;
  const [linking, setLinking] = useState(false);
  const items = record.links[name] ?? [];
  const unlink = async (ref: RefWire): Promise<void> => {
    try {
      if ((await save({ links: { [name]: { remove: [ref.id] } } })) !== null)
        announce(t('links.unlinked', { ref: ref.ref }));
    } catch (error) {
      notify({ text: problemOf(error).message });
    }
  };
  const link = async (ref: RefWire): Promise<void> => {
    const patch = relation.many ? { add: [ref.id] } : { set: [ref.id] };
    if ((await save({ links: { [name]: patch } })) !== null) announce(t('links.linked', { ref: ref.ref }));
  };
  return (
    <div className={css.linkGroup}>
      <div className={css.linkHead}>
        <h2>{relation.label}</h2>
        <span className={css.count}>
          {items.length === 0 ? (relation.required ? t('links.required') : '') : formatNumber(items.length)}
        </span>
        {editable ? (
          <Button look="ghost" onClick={() => setLinking(true)}>
            {t('links.link')}
          </Button>
        ) : null}
      </div>
      <RefTable
        label={relation.label}
        items={items}
        marks={record.marks}
        {...(editable ? { onUnlink: (ref: RefWire) => void unlink(ref) } : {})}
      />
      {linking ? (
        <LinkDialog
          relation={relation}
          chosen={items.map((item) => item.id)}
          onLink={link}
          onClose={() => setLinking(false)}
        />
      ) : null}
    </div>
  );
};

const refOf = ({ id, ref, kind, title, state }: RecordWire): RefWire => ({ id, ref, kind, title, state });

const InGroup = ({ group, record }: { group: RecordWire['inverse'][number]; record: RecordWire }) => {
  const kinds = useKinds();
  const navigate = useNavigate();
  const kind = kinds.byName(group.kind);
  const may = kind?.abilities.create;
  const here = {
    id: record.id,
    ref: record.ref,
    kind: record.kind,
    title: record.title,
    state: record.state,
  };
  return (
    <div className={css.linkGroup}>
      <div className={css.linkHead}>
        <h2>{group.label}</h2>
        <span className={css.count}>{formatNumber(group.count)}</span>
        {kind === undefined || may?.allowed === false ? null : (
          <Button
            look="ghost"
            onClick={() => navigate(newRecordHref(kind.collection, { links: { [group.relation]: [here] } }))}
          >
            {t('links.new', { what: inSentence(kind.label) })}
          </Button>
        )}
      </div>
      <RefTable label={group.label} items={group.items} marks={record.marks} />
      {kind !== undefined && group.count > group.items.length ? (
        <span>
          <Link href={`/${kind.collection}?linked=${record.id}`}>{t('links.all', { n: group.count })}</Link>
        </span>
      ) : null}
    </div>
  );
};

/** Kinds of records that belong to this one by nature: each can be made here, with the link filled in. */
const NewMenu = ({ record }: { record: RecordWire }) => {
  const kinds = useKinds();
  const here = refOf(record);
  const items = kinds.all.flatMap((kind) =>
    Object.entries(kind.relations).flatMap(([relation, { to, type }]) =>
      type === 'within' && to.includes(record.kind)
        ? [
            {
              label: kind.label,
              href: newRecordHref(kind.collection, { links: { [relation]: [here] } }),
              reason: refusal(kind.abilities.create),
            },
          ]
        : [],
    ),
  );
  if (items.length === 0) return null;
  return (
    <div>
      <Menu
        trigger={<Button icon={<PlusIcon size={14} />}>{t('links.new-here')}</Button>}
        groups={[{ items }]}
      />
    </div>
  );
};

export const linkCount = (record: RecordWire): number =>
  Object.values(record.links).reduce((sum, refs) => sum + refs.length, 0) +
  record.inverse.reduce((sum, group) => sum + group.count, 0);

/** Links of a record by relation, in both directions. */
export const LinksTab = (props: LinksTabProps) => {
  const { kind, record, editable } = props;
  const relations = Object.entries(kind.relations);
  const filled = record.inverse.filter((group) => group.count > 0);
  if (relations.length === 0 && filled.length === 0 && !editable)
    return <p className={css.lead}>{t('links.none')}</p>;
  return (
    <div className={css.linkGroups}>
      {relations.map(([name, relation]) => (
        <OutGroup key={name} name={name} relation={relation} props={props} />
      ))}
      {filled.map((group) => (
        <InGroup key={`${group.kind} ${group.relation}`} group={group} record={record} />
      ))}
      {editable ? <NewMenu record={record} /> : null}
    </div>
  );
};
