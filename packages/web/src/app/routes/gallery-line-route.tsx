import { SystemLine } from '../../features/line/system-line.tsx';
import { BreadcrumbBar } from '../../ui/breadcrumbs.tsx';
import css from './gallery-line-route.module.css';

/** The line as the page of a system shows it, with the answers the check gives. Development builds only. */
export const Page = () => (
  <>
    <BreadcrumbBar crumbs={[{ label: 'Systems', href: '/systems' }, { label: 'SYS-412' }]} />
    <div className={css.page}>
      <h1 className={css.title}>Claims triage assistant</h1>
      <SystemLine system={{ id: '01990000-0000-7000-8000-000000000412', ref: 'SYS-412' }} />
    </div>
  </>
);
