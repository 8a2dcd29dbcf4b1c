import { useState } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { fieldErrors } from './field-errors.ts';
import css from './settings.module.css';
import { countryOptions, type Draft, type PartType, type StructureWire } from './structure-words.ts';
import { t } from './words.ts';

export type PartDialogProps = {
  type: PartType;
  structure: StructureWire;
  draft: Draft;
  /** It stands already: it can be taken away. */
  known: boolean;
  busy: boolean;
  /** What the last attempt was refused for. */
  error: unknown;
  onSave: (draft: Draft) => void;
  onRemove: () => void;
  onClose: () => void;
};

const options = (parts: readonly { id: string; name: string }[], without?: string) =>
  parts.filter(({ id }) => id !== without).map(({ id, name }) => ({ value: id, label: name }));

/** One unit, site or legal entity. What only the server can tell, such as a unit below itself, stands above the buttons. */
export const PartDialog = (props: PartDialogProps) => {
  const { type, structure, known, busy, error, onSave, onRemove, onClose } = props;
  const [draft, setDraft] = useState(props.draft);
  const set = (change: Partial<Draft>): void => setDraft((now) => ({ ...now, ...change }));
  const index = structure[type].findIndex(({ id }) => id === draft.id);
  const place = `structure.${type}.${index === -1 ? structure[type].length : index}`;
  const { at } = fieldErrors(error, [place]);
  const said = (field: keyof Draft): string | undefined => at(`${place}.${field}`);
  // What is refused of this part stands at its fields; that others of a ring are refused with it says nothing more.
  const problem = at(place) === undefined ? troubleOf(error) : null;
  const open = draft.name.trim() === '' || (type !== 'units' && draft.country === null);
  return (
    <FormDialog
      title={known ? props.draft.name : t(`units.add.${type}`)}
      submit={known ? t('units.part-save') : t(`units.add.${type}`)}
      cancel={t('settings.cancel')}
      busy={busy}
      reason={open ? t(type === 'units' ? 'units.needs-name' : 'units.needs-country') : undefined}
      more={
        known ? (
          <Button look="danger" size="form" onClick={onRemove}>
            {t('units.remove')}
          </Button>
        ) : null
      }
      onSubmit={() => onSave(draft)}
      onClose={onClose}
    >
      <div className={css.dialogForm}>
        <TextField
          label={t('settings.name')}
          help={type === 'units' ? t('units.name-help') : undefined}
          value={draft.name}
          error={said('name')}
          maxLength={200}
          onChange={(name) => set({ name })}
        />
        {type === 'units' ? (
          <ChoiceField
            label={t('units.parent')}
            help={t('units.parent-help')}
            value={draft.parent}
            error={said('parent')}
            options={options(structure.units, draft.id)}
            optional
            onChange={(parent) => set({ parent })}
          />
        ) : (
          <ChoiceField
            label={t('units.country')}
            value={draft.country}
            error={said('country')}
            options={countryOptions()}
            onChange={(country) => set({ country })}
          />
        )}
        {type === 'sites' ? (
          <ChoiceField
            label={t('units.name')}
            value={draft.unit}
            error={said('unit')}
            options={options(structure.units)}
            optional
            onChange={(unit) => set({ unit })}
          />
        ) : null}
        {type === 'entities' ? (
          <TextField
            label={t('units.register-id')}
            help={t('units.register-id-help')}
            value={draft.registerId}
            maxLength={100}
            optional
            onChange={(registerId) => set({ registerId })}
          />
        ) : (
          <ChoiceField
            label={t('units.entity')}
            value={draft.entity}
            error={said('entity')}
            options={options(structure.entities)}
            optional
            onChange={(entity) => set({ entity })}
          />
        )}
        {type === 'units' ? (
          <DayField
            label={t('units.ends-on')}
            help={t('units.ends-on-help')}
            value={draft.endsOn}
            optional
            onChange={(endsOn) => set({ endsOn })}
          />
        ) : null}
        {problem === null ? null : <ProblemBox problem={problem} />}
      </div>
    </FormDialog>
  );
};
