import { useQueryClient } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useState } from 'react';
import { type Names, useMemberNames } from '../../api/members.ts';
import { Problem } from '../../api/problem.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { refusal } from '../../kinds/roles.ts';
import { AsOfBar, AsOfControl } from '../../standing/as-of.tsx';
import { t } from '../../text/t.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { LinkIcon, MoreIcon, PrintIcon } from '../../ui/icons.ts';
import { Menu } from '../../ui/menu.tsx';
import { useNavigate, usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { notify } from '../../ui/toast.tsx';
import { useHotkeys } from '../../ui/use-hotkeys.ts';
import { ApprovalBox } from './approval-box.tsx';
import { ArchiveDialog } from './archive-dialog.tsx';
import { undoLast } from './changes.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { ConsequenceDialog } from './consequence-dialog.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { LinksTab, linkCount } from './links-tab.tsx';
import { nextStep, type Step, stepRefusal } from './next-step.ts';
import { OnTheWay } from './on-the-way.tsx';
import { ProofBlock } from './proof-block.tsx';
import { type PartsProps, PropertiesPanel } from './properties.tsx';
import css from './record.module.css';
import { RecordHeader } from './record-header.tsx';
import { RecordSections, type Together } from './record-sections.tsx';
import { Recusals } from './recusals.tsx';
import { neighbour, rowOf } from './row-trail.ts';
import { stepLabel } from './step-label.ts';
import { useRecord } from './use-record.ts';
import { useSave } from './use-save.ts';
import { useSteps } from './use-steps.tsx';
import { WaitingOn } from './waiting-on.tsx';
import { ownAddress, usePointed } from './way-back.ts';
import { useAround, WhatChanged } from './what-changed.tsx';

/** What other features put into the page: its route gives them, so that no feature knows another. */
export type RecordTabs = {
  /** The line of a system: the first tab where there is one. */
  line?: (record: RecordWire) => ReactNode;
  /** Under the title, above the tabs: where a system is in its life cycle. */
  under?: (record: RecordWire, kind: KindWire) => ReactNode;
  /** In the overview, before its sections: fields that are read together. */
  together?: Together;
  /** Values that another feature says in words, by field. */
  drawn?: (record: RecordWire) => Readonly<Record<string, ReactNode>>;
  /** In the overview, after its sections: what other features know about the record. */
  more?: (record: RecordWire) => ReactNode;
  /** Beside the act of approval: what a reader would notice about what is approved. */
  approving?: (record: RecordWire) => ReactNode;
  /** Further buttons beside the title: the walk of a system. */
  actions?: (record: RecordWire) => ReactNode;
  history: (given: {
    kind: KindWire;
    record: RecordWire;
    names: Names;
    part: string | undefined;
    onPart: (part: string | undefined) => void;
    editable: boolean;
  }) => ReactNode;
  comments: (given: { kind: KindWire; record: RecordWire; about?: string | undefined }) => ReactNode;
};

export type RecordPageProps = {
  kind: KindWire;
  recordRef: string;
  crumbs: readonly Crumb[];
  tabs: RecordTabs;
};

type TabName = 'line' | 'overview' | 'links' | 'history' | 'comments';
const isTab = (text: string | undefined): text is TabName =>
  ['line', 'overview', 'links', 'history', 'comments'].some((name) => name === text);

const copyLink = async (): Promise<void> => {
  try {
    await navigator.clipboard.writeText(window.location.href);
    notify({ text: t('record.link-copied') });
  } catch {
    // A browser that does not let the page copy says so by refusing: the person is told where the link is.
    notify({ text: t('record.link-refused') });
  }
};

const MoreMenu = ({
  kind,
  record,
  primary,
  onStep,
  onArchive,
  onErase,
  onRestore,
}: {
  kind: KindWire;
  record: RecordWire;
  primary: Step | undefined;
  onStep: (step: Step) => void;
  onArchive: () => void;
  onErase: () => void;
  onRestore: () => void;
}) => {
  const steps = record.transitions
    .filter((step) => primary?.type !== 'transition' || step.name !== primary.name)
    .map((step): Step => ({ type: 'transition', ...step }));
  const archive =
    record.archived === true
      ? { label: t('record.restore', { ref: record.ref }), onSelect: onRestore }
      : { label: t('record.archive', { ref: record.ref }), onSelect: onArchive, danger: true };
  return (
    <Menu
      align="end"
      width={280}
      trigger={<IconButton label={t('record.more')} icon={<MoreIcon />} />}
      groups={[
        ...(steps.length === 0 || record.archived === true
          ? []
          : [
              {
                label: t('record.steps'),
                items: steps.map((step) => ({
                  label: stepLabel(kind, step, record),
                  onSelect: () => onStep(step),
                  reason: stepRefusal(step),
                })),
              },
            ]),
        {
          items: [
            {
              ...archive,
              reason: refusal(record.archived === true ? record.abilities.restore : record.abilities.archive),
            },
            {
              label: t('erase.menu', { ref: record.ref }),
              onSelect: onErase,
              danger: true,
              reason: refusal(record.abilities.erase),
            },
          ],
        },
      ]}
    />
  );
};

const useRecordKeys = (kind: KindWire, ref: string): void => {
  const client = useQueryClient();
  const navigate = useNavigate();
  const go = (by: 1 | -1) => () => {
    const next = neighbour(kind.collection, ref, by);
    if (next !== undefined) navigate(`/${kind.collection}/${next}`);
  };
  useHotkeys([
    { keys: 'alt+arrowdown', label: t('keys.record.next'), group: 'page', run: go(1) },
    { keys: 'alt+arrowup', label: t('keys.record.previous'), group: 'page', run: go(-1) },
    {
      keys: 'e',
      label: t('keys.record.edit'),
      group: 'page',
      run: () => navigate(`/${kind.collection}/${ref}/edit`),
    },
    { keys: 'mod+z', label: t('register.undo-key'), group: 'everywhere', run: () => void undoLast(client) },
  ]);
};

type LoadedProps = RecordPageProps & { record: RecordWire };

const Loaded = ({ kind, record, crumbs, tabs }: LoadedProps) => {
  const [search, change] = useSearchState();
  const navigate = useNavigate();
  const names = useMemberNames(record.members);
  const { save, preview } = useSave(kind, record);
  const steps = useSteps(kind, record, tabs.approving?.(record));
  const around = useAround(kind, record).data;
  const [archiving, setArchiving] = useState(false);
  const [erasing, setErasing] = useState(false);
  const [part, setPart] = useState<string | undefined>(undefined);
  useRecordKeys(kind, record.ref);
  const from = ownAddress(search.from);
  usePageTitle(t('record.page-title', { ref: record.ref, title: record.title }));
  const past = record.asOf !== undefined || record.archived === true;
  const may = record.abilities.edit;
  const editable = !past && may?.allowed !== false;
  const primary = nextStep(kind, record);
  const parts: PartsProps = {
    kind,
    record,
    names,
    save,
    editing: search.edit,
    // A gap that sent the person here gets them back once the part is done.
    onEdit: (name) => (name === undefined && from !== undefined ? navigate(from) : change({ edit: name })),
    pointed: search.part,
    drawn: tabs.drawn?.(record),
    onHistory: (name) => {
      setPart(name);
      change({ tab: 'history', edit: undefined });
    },
    onComment: (name) => change({ tab: 'comments', about: name, edit: undefined }),
    editable,
  };
  const asOf = (at: string | undefined): void => change({ asOf: at, edit: undefined }, { push: true });
  // What is out of the register has no line that counts.
  const line = record.archived === true ? undefined : tabs.line;
  const first: TabName = line === undefined ? 'overview' : 'line';
  const meant = search.edit ?? search.part;
  const asked: TabName = meant === undefined ? first : meant in kind.relations ? 'links' : 'overview';
  const tab = isTab(search.tab) ? search.tab : asked;
  usePointed(search.part);
  return (
    <div className={css.page}>
      <BreadcrumbBar crumbs={crumbs}>
        <AsOfControl asOf={search.asOf} onChange={asOf} />
        <Button look="ghost" icon={<PrintIcon />} onClick={() => window.print()}>
          {t('record.print')}
        </Button>
        <IconButton label={t('record.copy-link')} icon={<LinkIcon />} onClick={() => void copyLink()} />
        {record.asOf === undefined ? (
          <MoreMenu
            kind={kind}
            record={record}
            primary={primary}
            onStep={(step) => void steps.take(step)}
            onArchive={() => setArchiving(true)}
            onErase={() => setErasing(true)}
            onRestore={() => void steps.restore()}
          />
        ) : null}
      </BreadcrumbBar>
      <AsOfBar asOf={record.asOf} onBack={() => asOf(undefined)} />
      {record.archived === true ? (
        <div role="status" className={css.sand}>
          {t(record.erased === true ? 'erase.bar' : 'record.archived-bar')}
        </div>
      ) : null}
      <div className={css.body}>
        <RecordHeader
          kind={kind}
          record={record}
          names={names}
          primary={primary}
          onStep={(step) => void steps.take(step)}
          onEdit={past ? undefined : () => navigate(`/${kind.collection}/${record.ref}/edit`)}
          editRefused={refusal(may)}
          quiet={tab === 'line'}
          actions={past ? null : tabs.actions?.(record)}
        />
        <div className={css.content}>
          {tabs.under?.(record, kind)}
          <div className={css.tabs}>
            <Tabs<TabName>
              label={t('record.tabs')}
              value={tab}
              onChange={(next) =>
                change({ tab: next === first ? undefined : next, edit: undefined, about: undefined })
              }
              tabs={[
                ...(line === undefined
                  ? []
                  : [{ value: 'line' as const, label: t('record.tab.line'), panel: line(record) }]),
                {
                  value: 'overview',
                  label: t('record.tab.overview'),
                  panel: (
                    <>
                      <RecordSections {...parts} together={tabs.together} />
                      {past ? null : tabs.more?.(record)}
                      {record.asOf === undefined ? (
                        <section className={css.closing} aria-labelledby="comments-title">
                          <h2 id="comments-title">{t('record.tab.comments')}</h2>
                          {tabs.comments({ kind, record })}
                        </section>
                      ) : null}
                    </>
                  ),
                },
                {
                  value: 'links',
                  label: t('record.tab.links'),
                  count: linkCount(record),
                  panel: <LinksTab kind={kind} record={record} save={save} editable={editable} />,
                },
                {
                  value: 'history',
                  label: t('record.tab.history'),
                  panel: tabs.history({ kind, record, names, part, onPart: setPart, editable }),
                },
                {
                  value: 'comments',
                  label: t('record.tab.comments'),
                  ...(around === undefined ? {} : { count: around.comments }),
                  panel: tabs.comments({ kind, record, about: search.about }),
                },
              ]}
            />
          </div>
        </div>
        <aside className={css.panel} aria-label={t('record.properties')}>
          <div className={css.first}>
            <section className={css.block} aria-labelledby="properties-title">
              <h2 id="properties-title">{t('record.properties')}</h2>
              <PropertiesPanel {...parts} />
            </section>
            <ApprovalBox
              kind={kind}
              record={record}
              names={names}
              primary={primary}
              onStep={(step) => void steps.take(step)}
              notes={tabs.approving?.(record)}
            />
            <Recusals kind={kind} record={record} names={names} />
          </div>
          <div className={css.around}>
            {record.asOf === undefined ? (
              <>
                <WaitingOn record={record} names={names} />
                <WhatChanged kind={kind} record={record} names={names} />
              </>
            ) : null}
            <ProofBlock kind={kind} record={record} />
          </div>
        </aside>
      </div>
      {preview === null ? null : <ConsequenceDialog kind={kind} preview={preview} />}
      {steps.dialog}
      {archiving ? <ArchiveDialog kind={kind} record={record} onClose={() => setArchiving(false)} /> : null}
      {erasing ? <EraseDialog kind={kind} record={record} onClose={() => setErasing(false)} /> : null}
      <ConflictDialog />
    </div>
  );
};

/** The page of one record, drawn from its declaration (UX d, Record page). `?asOf=` turns it into that moment. */
export const RecordPage = (props: RecordPageProps & { absent: ReactNode }) => {
  const { kind, recordRef, crumbs, absent } = props;
  const [search] = useSearchState();
  const { data, error, refetch } = useRecord(kind.collection, recordRef, search.asOf);
  if (data !== undefined) return <Loaded key={data.id} {...props} record={data} />;
  if (error instanceof Problem && error.status === 404) return <>{absent}</>;
  // A row tells how the record is now, not how it was.
  const row = search.asOf === undefined ? rowOf(kind.collection, recordRef) : undefined;
  return (
    <div className={css.page}>
      <BreadcrumbBar crumbs={crumbs} />
      {row !== undefined && error === null ? (
        <OnTheWay kind={kind} row={row} />
      ) : (
        <div className={css.formPage}>
          <h1>{recordRef}</h1>
          {error === null ? (
            <Skeleton height={28} lines={8} />
          ) : (
            <ErrorLine problem={problemOf(error)} onRetry={() => void refetch()} />
          )}
        </div>
      )}
    </div>
  );
};
