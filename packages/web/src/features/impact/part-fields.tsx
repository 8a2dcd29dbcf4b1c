import type { Json } from '@throughline/domain/json.ts';
import type { CellField, Field } from '@throughline/domain/kinds/fields.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import type { ImpactSheetWire } from '@throughline/domain/wire-impact.ts';
import { FieldEditor } from '../../kinds/field-editor.tsx';
import { Button } from '../../ui/button.tsx';
import { ClashAt, type ClashProps } from './clashes.tsx';
import css from './impact.module.css';
import { isAsked, type Work } from './impact-state.ts';
import { Refs } from './refs.tsx';
import type { Refused } from './use-sheet.ts';
import { w } from './words.ts';

const fieldId = (field: string): string => `impact-${field}`;

export type PartProps = {
  kind: KindWire;
  sheet: ImpactSheetWire;
  work: Work;
  refused: readonly Refused[];
  reason: string | undefined;
  clash: ClashProps;
  onField: (field: string, value: Json) => void;
  onConfirm: (field: string) => void;
};

/** A box that takes whatever is pasted: too much is refused by name and kept, where a limit of the box would cut it. */
export const uncut = <F extends Field | CellField>(field: F): F =>
  field.type === 'text' || field.type === 'line' ? { ...field, max: 10_000_000 } : field;

/** Where a value was filled in from, until somebody has confirmed or changed it. */
const ToConfirm = ({ field, props }: { field: string; props: PartProps }) => {
  const { sheet, reason, onConfirm } = props;
  const from = sheet.known.find((one) => one.field === field)?.from ?? [];
  return (
    <p className={css.confirm}>
      <span>{w('impact.confirm-all')}</span>
      <Refs of={from} />
      <Button reason={reason} onClick={() => onConfirm(field)}>
        {w('impact.confirm')}
      </Button>
    </p>
  );
};

/** The fields of a part, each with what the server did not take of it and whether it waits to be confirmed. */
export const PartFields = ({ fields, props }: { fields: readonly string[]; props: PartProps }) => {
  const { kind, sheet, work, refused, reason, onField } = props;
  const isChosen = (field: string): boolean => props.clash.clashes.some(({ at }) => at === `fields.${field}`);
  const asked = fields.filter(
    (field) => isChosen(field) || isAsked(field, work.fields, sheet.useCases.length),
  );
  return (
    <div className={css.fields}>
      {asked.map((name) => {
        const field = kind.fields[name];
        if (field === undefined) return null;
        const value = work.fields[name] ?? null;
        const waits =
          sheet.toConfirm.includes(name) &&
          !work.confirm.includes(name) &&
          JSON.stringify(value) === JSON.stringify(sheet.fields[name] ?? null);
        const error = refused.find(({ at }) => at === `fields.${name}`)?.message;
        return (
          <div key={name} className={css.field} data-waits={waits || undefined}>
            <FieldEditor
              id={fieldId(name)}
              field={uncut(field)}
              label={field.label}
              value={value}
              help={field.help}
              error={error}
              onChange={(next) => onField(name, next)}
              {...(reason === undefined ? {} : { reason })}
            />
            <ClashAt at={`fields.${name}`} props={props.clash} />
            {waits ? <ToConfirm field={name} props={props} /> : null}
          </div>
        );
      })}
    </div>
  );
};
