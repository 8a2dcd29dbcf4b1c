import { useState } from 'react';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Chart } from '../ui/chart/chart.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { DateText, RelativeTime } from '../ui/date-text.tsx';
import { Dialog, Drawer } from '../ui/dialog.tsx';
import { DiffText } from '../ui/diff-text.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PencilIcon } from '../ui/icons.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Link, RefLink } from '../ui/link.tsx';
import { Menu } from '../ui/menu.tsx';
import { ErrorLine, ProblemBox } from '../ui/problem.tsx';
import { PropertyList } from '../ui/property-list.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { Tag } from '../ui/tag.tsx';
import { notify } from '../ui/toast.tsx';
import css from './gallery-page.module.css';
import { gapsChart, gapsTable } from './sample-chart.ts';

const now = new Date(Date.now() - 180_000).toISOString();

const Buttons = () => {
  const [shown, setShown] = useState<'all' | 'gaps'>('all');
  return (
    <div className={css.row}>
      <Button look="primary">Reassess IA-31</Button>
      <Button icon={<PencilIcon />}>Edit</Button>
      <Button look="ghost" keys="f">
        Filter
      </Button>
      <Button look="danger">Archive SYS-412</Button>
      <Button
        reason="You wrote this version, so another person approves it. Head of claims or Legal lead can."
        reasonShown
      >
        Approve 3.2
      </Button>
      <Segmented
        label="Stations"
        value={shown}
        onChange={setShown}
        options={[
          { value: 'all', label: 'All 15' },
          { value: 'gaps', label: 'Gaps 3' },
        ]}
      />
      <Kbd keys="mod+k" />
      <Kbd keys="g h" />
    </div>
  );
};

const Floating = () => {
  const [open, setOpen] = useState<'dialog' | 'drawer' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <div className={css.row}>
      <Menu
        trigger={<Button>Actions</Button>}
        groups={[
          {
            label: 'Move to',
            items: [
              { label: 'Retire', note: 'Ends the duties of a running system' },
              { label: 'Approve', reason: 'You wrote this version.' },
            ],
          },
          { items: [{ label: 'Archive SYS-412', danger: true }] },
        ]}
      />
      <Button onClick={() => setOpen('dialog')}>Dialog</Button>
      <Button onClick={() => setOpen('drawer')}>Drawer</Button>
      <Button
        onClick={() =>
          notify({
            text: 'Owner set on 27 systems; 3 approved ones were left as they are.',
            action: { label: 'Undo', run: () => undefined },
          })
        }
      >
        Notice
      </Button>
      <Dialog
        opened={open === 'dialog'}
        onClose={close}
        title="Archive SYS-412?"
        actions={
          <>
            <Button size="form" look="danger" onClick={close}>
              Archive SYS-412
            </Button>
            <Button size="form" onClick={close}>
              Keep it
            </Button>
          </>
        }
      >
        Its 64 records stay, its line is no longer counted, and nothing is deleted.
      </Dialog>
      <Drawer opened={open === 'drawer'} onClose={close} title="SYS-412 Claims triage assistant">
        Ranks new motor and home claims for a handler to decide.
      </Drawer>
    </div>
  );
};

const Facts = () => (
  <div className={css.columns}>
    <PropertyList
      properties={[
        { id: 'owner', label: 'Owner', value: 'Claims operations lead', onEdit: () => undefined },
        { id: 'roles', label: 'Roles', value: 'Customer', note: 'Deployer under the EU AI Act' },
        { id: 'review', label: 'Next review', value: <DateText value="2027-01-30" due /> },
        { id: 'deputy', label: 'Deputy', value: null, onEdit: () => undefined },
      ]}
    />
    <div className={css.stack}>
      <p className={css.row}>
        <DateText value="2026-11-12" due /> <DateText value="2026-11-30" due /> <DateText value="2027-Q3" />{' '}
        <DateText value="2026-07" /> <RelativeTime at={now} />
      </p>
      <p className={css.row}>
        <StateDot shape="hollow">Idea</StateDot> <StateDot shape="half">Pilot</StateDot>{' '}
        <StateDot shape="full">Live</StateDot> <StateDot shape="crossed">Retired</StateDot>
        <Tag>
          <StateDot shape="full">Live</StateDot>
        </Tag>
        <Tag dotted>demo</Tag> <Avatar name="Head of claims" />
      </p>
      <p>
        <RefLink refText="IA-31" href="/impact-assessments/IA-31" /> is out of date.{' '}
        <Link href="/">History</Link>
      </p>
      <Checkbox label="Tell the approvers" checked onChange={() => undefined} />
      <DiffText
        before="Ranks new motor claims for a handler."
        after="Ranks new motor and home claims for a handler to decide."
      />
      <Skeleton height={12} lines={3} />
    </div>
  </div>
);

export const PartsSection = () => (
  <div className={css.stack}>
    <Buttons />
    <Floating />
    <Facts />
    <ErrorLine
      problem={{
        title: 'That did not save',
        detail: 'That did not save: the server did not answer. Your text is kept here.',
        id: '7F2K',
      }}
      onRetry={() => undefined}
    />
    <ProblemBox
      problem={{
        title: 'Two fields need a look',
        detail: 'Nothing was written.',
        id: '7F2K',
        errors: [{ at: 'startedOn', message: '“30 Feb 2026” is not a date.' }],
      }}
    />
    <EmptyState
      sentence="Risks say what an AI system could do to people, society and you, and who answers for it. Most start as findings of an impact assessment."
      clause="6.1.2"
      actions={<Button look="default">New risk</Button>}
    />
    <Chart
      title="Gaps fell from 61 to 37 in 12 weeks"
      subtitle="Gaps over all running systems, by week"
      spec={gapsChart}
      table={gapsTable}
    />
  </div>
);
