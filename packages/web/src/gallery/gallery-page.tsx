import { useState } from 'react';
import { BreadcrumbBar } from '../ui/breadcrumbs.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { LinkIcon, MoreIcon, PrintIcon } from '../ui/icons.ts';
import { usePageTitle } from '../ui/navigate.ts';
import { LinkTabs, Tabs } from '../ui/tabs.tsx';
import { FieldsSection } from './fields-section.tsx';
import css from './gallery-page.module.css';
import { GridSection } from './grid-section.tsx';
import { MarksSection } from './marks-section.tsx';
import { PartsSection } from './parts-section.tsx';

/** Every component on one page, for eyes and for the accessibility check. Development builds only. */
export const Page = () => {
  usePageTitle('Gallery');
  const [tab, setTab] = useState<'marks' | 'parts' | 'fields'>('marks');
  return (
    <>
      <BreadcrumbBar
        crumbs={[
          { label: 'Inventory', href: '/' },
          { label: 'Systems', href: '/systems' },
          { label: 'SYS-412' },
        ]}
      >
        <Button look="ghost" icon={<PrintIcon />}>
          Print
        </Button>
        <IconButton label="Copy link" icon={<LinkIcon />} />
        <IconButton label="More" icon={<MoreIcon />} />
      </BreadcrumbBar>
      <div className={css.page}>
        <h1 className={css.title}>Gallery</h1>
        <LinkTabs
          label="Views"
          tabs={[
            { href: '/_gallery', label: 'All', count: 2133, current: false },
            { href: '/_gallery?view=gaps', label: 'Running with gaps', count: 37, current: true },
          ]}
        />
        <GridSection />
        <Tabs
          label="Parts"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'marks', label: 'Marks', panel: <MarksSection /> },
            { value: 'parts', label: 'Parts', count: 14, panel: <PartsSection /> },
            { value: 'fields', label: 'Fields', panel: <FieldsSection /> },
          ]}
        />
      </div>
    </>
  );
};
