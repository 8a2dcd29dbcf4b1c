import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useState } from 'react';
import { isEmptyValue } from '../../kinds/parts.ts';
import { stationName } from '../../kinds/stations.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { type Property, PropertyList } from '../../ui/property-list.tsx';
import { type PartsProps, panelFields, propertyOf, standsOn } from './properties.tsx';
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

/** Optional fields without a value: they are folded away, but not one that is being edited or pointed at. */
export const emptyFields = (
  sections: readonly Section[],
  { kind, record, editing, pointed }: Pick<PartsProps, 'kind' | 'record' | 'editing' | 'pointed'>,
): readonly string[] =>
  sections
    .flatMap(({ fields }) => fields)
    .filter(
      (name) =>
        isEmptyValue(record.fields[name]) &&
        kind.fields[name]?.required !== true &&
        name !== editing &&
        name !== pointed,
    );

/** Labels named before the rest is counted. */
const named = 5;

const Folded = ({
  labels,
  opened,
  onTurn,
}: {
  labels: readonly string[];
  opened: boolean;
  onTurn: () => void;
}) => (
  <div className={css.folded}>
    <Button look="ghost" flush aria-expanded={opened} onClick={onTurn}>
      {opened ? t('record.section.hide-empty') : t('record.section.show-empty', { n: labels.length })}
    </Button>
    {opened ? null : (
      <span className={css.note}>
        {labels.length > named
          ? t('record.section.empty-more', {
              labels: labels.slice(0, named).join(', '),
              n: labels.length - named,
            })
          : labels.join(', ')}
      </span>
    )}
  </div>
);

/** Fields that read better together than one below the other, drawn as a section of their own. */
export type Together = {
  title: string;
  fields: readonly string[];
  show: (record: RecordWire, property: (name: string) => Property) => ReactNode;
};

/** A section of fields drawn together; the one that is edited stands below them, with room for its editor. */
const TogetherSection = ({ together, parts }: { together: Together; parts: PartsProps }) => {
  const { editing, record } = parts;
  return (
    <section className={css.section} aria-labelledby="section-together">
      <h2 id="section-together">{together.title}</h2>
      {together.show(record, (name) => propertyOf(name, { ...parts, editing: undefined }))}
      {editing !== undefined && together.fields.includes(editing) ? (
        <PropertyList properties={[propertyOf(editing, parts)]} />
      ) : null}
    </section>
  );
};

/** The content of a record, by station; each value is edited where it stands. */
export const RecordSections = (props: PartsProps & { together?: Together | undefined }) => {
  const { kind, record, together } = props;
  const [opened, setOpened] = useState(false);
  const elsewhere = [...panelFields(kind), ...(together?.fields ?? [])];
  const left = Object.keys(kind.fields).filter((name) => elsewhere.includes(name) || !standsOn(props, name));
  const sections = sectionsOf(kind, left);
  const empty = emptyFields(sections, props);
  // With few of them all are shown: hiding two lines costs more than it saves.
  const folds = empty.length > 2;
  const hidden = new Set(folds && !opened ? empty : []);
  return (
    <div className={css.sections}>
      {together === undefined ? null : <TogetherSection together={together} parts={props} />}
      {sections.map(({ id, title, fields }) => {
        const shown = fields.filter((name) => !hidden.has(name));
        return shown.length === 0 ? null : (
          <section key={id} className={css.section} aria-labelledby={`section-${id}`}>
            <h2 id={`section-${id}`}>{title}</h2>
            <PropertyList properties={shown.map((name) => propertyOf(name, props))} />
          </section>
        );
      })}
      {folds ? (
        <Folded
          labels={empty.map((name) => kind.fields[name]?.label ?? name)}
          opened={opened}
          onTurn={() => setOpened(!opened)}
        />
      ) : null}
      <RawRows kind={kind} record={record} />
    </div>
  );
};
