import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { isEmptyValue } from '../../kinds/parts.ts';
import { stationName } from '../../kinds/stations.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { PropertyList } from '../../ui/property-list.tsx';
import { type PartsProps, panelFields, propertyOf } from './properties.tsx';
import { RawRows } from './raw-rows.tsx';
import css from './record.module.css';

export type Section = { id: string; title: string; fields: readonly string[] };

/** Fields by the station of the line that they serve, in the line's order; those of no station first (UX d, Forms). */
export const sectionsOf = (kind: KindWire, left: readonly string[] = []): readonly Section[] => {
  const names = Object.keys(kind.fields).filter((name) => name !== kind.title && !left.includes(name));
  const groups = Map.groupBy(names, (name) => kind.fields[name]?.station ?? '');
  const order = ['', ...stationIds];
  const place = (station: string): number => {
    const at = order.indexOf(station);
    return at === -1 ? order.length : at;
  };
  return [...groups]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([station, fields]) => ({
      id: station === '' ? 'general' : station,
      title: station === '' ? t('record.section.general') : stationName(station),
      fields,
    }));
};

const SectionView = ({ section, props }: { section: Section; props: PartsProps }) => {
  const [opened, setOpened] = useState(false);
  const { kind, record, editing, pointed } = props;
  const empty = section.fields.filter(
    (name) =>
      isEmptyValue(record.fields[name]) &&
      kind.fields[name]?.required !== true &&
      name !== editing &&
      name !== pointed,
  );
  // A section with little in it shows all of it: hiding two lines costs more than it saves.
  const folds = empty.length > 2;
  const shown = folds && !opened ? section.fields.filter((name) => !empty.includes(name)) : section.fields;
  return (
    <section className={css.section} aria-labelledby={`section-${section.id}`}>
      <h2 id={`section-${section.id}`}>{section.title}</h2>
      <PropertyList properties={shown.map((name) => propertyOf(name, props))} />
      {folds ? (
        <Button look="ghost" flush aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {opened ? t('record.section.hide-empty') : t('record.section.show-empty', { n: empty.length })}
        </Button>
      ) : null}
    </section>
  );
};

/** The content of a record, by station; each value is edited where it stands. */
export const RecordSections = (props: PartsProps) => {
  const sections = sectionsOf(props.kind, panelFields(props.kind));
  return (
    <div className={css.sections}>
      {sections.map((section) => (
        <SectionView key={section.id} section={section} props={props} />
      ))}
      <RawRows kind={props.kind} record={props.record} />
    </div>
  );
};
