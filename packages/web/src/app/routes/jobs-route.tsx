import { JobsTable } from '../../features/jobs/jobs-table.tsx';
import { SettingsFrame } from '../../features/settings/settings-frame.tsx';
import { t } from '../../text/t.ts';

/** `/jobs`: administration like the other pages of the organisation's menu, so it stands in their frame. */
export const Page = () => (
  <SettingsFrame title={t('jobs.title')} sentence={t('jobs.sentence')}>
    <JobsTable />
  </SettingsFrame>
);
