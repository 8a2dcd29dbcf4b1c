import type { ReactNode } from 'react';
import { LinkTabs } from '../../ui/tabs.tsx';
import css from './log.module.css';
import { t } from './words.ts';

const tabs = [
  { id: 'entries', href: '/log' },
  { id: 'checkpoints', href: '/log/checkpoints' },
  { id: 'verify', href: '/log/verify' },
] as const;

type LogFrameProps = {
  tab: (typeof tabs)[number]['id'];
  /** How things stand, in one sentence. */
  sentence: string;
  /** Beside the sentence. */
  acts?: ReactNode;
  /** The page fills the window and scrolls inside: the list of entries. */
  full?: boolean;
  children: ReactNode;
};

/** Head and tabs of the pages of the log. */
export const LogFrame = ({ tab, sentence, acts, full = false, children }: LogFrameProps) => (
  <div className={full ? css.full : css.page}>
    <div className={css.head}>
      <h1 className={css.title}>{sentence}</h1>
      {acts}
    </div>
    <div className={css.tabs}>
      <LinkTabs
        label={t('log.tabs')}
        tabs={tabs.map(({ id, href }) => ({ href, label: t(`log.tab.${id}`), current: id === tab }))}
      />
    </div>
    {children}
  </div>
);
