import { useDemo, useIsDemo } from '../api/demo.ts';
import { t } from '../text/t.ts';
import { Tag } from '../ui/tag.tsx';

/** The dotted tag of a demo record; nothing beside a real one. */
export const DemoTag = ({ of }: { of: string }) => (useIsDemo(of) ? <Tag dotted>{t('demo.tag')}</Tag> : null);

/** How many demo systems stand in the counts beside it; nothing where there are none. */
export const DemoCount = () => {
  const n = useDemo()?.systems ?? 0;
  return n === 0 ? null : t('demo.includes', { n });
};
