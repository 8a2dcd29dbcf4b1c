import type { KindWire } from '@throughline/domain/wire.ts';
import { t } from '../../text/t.ts';
import type { Crumb } from '../../ui/breadcrumbs.tsx';
import { placeOf } from '../navigation.ts';

/** Section of the sidebar, register, record: where a record's page is. */
export const recordCrumbs = (kind: KindWire, here: string, recordHref?: string): readonly Crumb[] => {
  const found = placeOf(`/${kind.collection}`);
  return [
    // A section of one register would say its name twice.
    ...(found === null || t(found.section.label) === kind.plural
      ? []
      : [{ label: t(found.section.label), href: found.section.places[0]?.path ?? '/' }]),
    { label: kind.plural, href: `/${kind.collection}` },
    ...(recordHref === undefined ? [{ label: here }] : [{ label: here, href: recordHref }]),
  ];
};
