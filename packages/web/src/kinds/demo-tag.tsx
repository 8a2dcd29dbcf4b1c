import { useDemo, useIsDemo } from '../api/demo.ts';
import { t } from '../text/t.ts';
import { Tag } from '../ui/tag.tsx';
import css from './demo-tag.module.css';

/** The dotted tag of a demo record; nothing beside a real one. */
export const DemoTag = ({ of }: { of: string }) => (useIsDemo(of) ? <Tag dotted>{t('demo.tag')}</Tag> : null);

/** A name with the tag behind it where it belongs to the demo: the name gives way, the tag stays whole. */
export const NameWithTag = ({ of, children }: { of: string; children: string }) =>
  useIsDemo(of) ? (
    <span className={css.name}>
      <span className={css.text}>{children}</span> <Tag dotted>{t('demo.tag')}</Tag>
    </span>
  ) : (
    children
  );

/** How many demo systems stand in the counts beside it; nothing where there are none. */
export const DemoCount = () => {
  const n = useDemo()?.systems ?? 0;
  return n === 0 ? null : t('demo.includes', { n });
};
