import type { Json } from '@throughline/domain/json.ts';
import type { CellField, ChoicesField, MomentField } from '@throughline/domain/kinds/fields.ts';
import { useMembers } from '../api/members.ts';
import { ChoiceField } from '../ui/fields/choice-field.tsx';
import { DayField } from '../ui/fields/day-field.tsx';
import { type EditorProps, Field } from '../ui/fields/field.tsx';
import { NumberField } from '../ui/fields/number-field.tsx';
import { LongTextField, TextField, type TextFieldProps, WrappingField } from '../ui/fields/text-field.tsx';
import { choicesOf } from './parts.ts';

/** Types of one flat value: what a cell of a table and a row of a `rows` field may be. */
export type FlatField = CellField | MomentField | ChoicesField;
export type CellInputProps = EditorProps<Json> & {
  field: FlatField;
  note?: string;
  /** Lines of text wrap, where they stand in little room. */
  wraps?: boolean;
};

const textOf = (value: Json): string => (typeof value === 'string' ? value : '');
const textOrNull = (value: Json): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A moment is typed as the date and time of this device's zone and kept as UTC. */
const localMoment = (value: Json): string => {
  const at = new Date(textOf(value));
  if (Number.isNaN(at.getTime())) return '';
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
};

const MomentInput = (props: EditorProps<Json>) => (
  <Field {...props}>
    {(control) => (
      <input
        {...control}
        type="datetime-local"
        value={localMoment(props.value)}
        onBlur={props.onBlur}
        onChange={(event) => {
          const at = new Date(event.target.value);
          props.onChange(Number.isNaN(at.getTime()) ? null : at.toISOString());
        }}
      />
    )}
  </Field>
);

const MemberInput = ({ note, ...props }: EditorProps<Json> & { note?: string }) => {
  const options = useMembers()
    .filter((member) => member.active || member.id === props.value)
    .map((member) => ({ value: member.id, label: member.name }));
  return (
    <ChoiceField
      {...props}
      clears
      options={options}
      value={textOrNull(props.value)}
      {...(note === undefined ? {} : { note })}
    />
  );
};

const LineInput = ({
  value,
  onChange,
  ...props
}: EditorProps<Json> & Pick<TextFieldProps, 'type' | 'maxLength'>) => (
  <TextField {...props} value={textOf(value)} onChange={(text) => onChange(text === '' ? null : text)} />
);

/** The editor of one flat value, by the type of its field. `null` is nothing recorded. */
export const CellInput = ({ field, note, wraps = false, ...props }: CellInputProps) => {
  const { value, onChange } = props;
  switch (field.type) {
    case 'member':
      return <MemberInput {...props} {...(note === undefined ? {} : { note })} />;
    case 'choice':
    case 'answer':
      return (
        <ChoiceField
          {...props}
          clears={props.optional ?? props.bare ?? false}
          options={choicesOf(field)}
          value={textOrNull(value)}
          {...(note === undefined ? {} : { note })}
        />
      );
    case 'day':
      return <DayField {...props} value={textOrNull(value)} />;
    case 'number':
      return (
        <NumberField
          {...props}
          value={typeof value === 'number' ? value : null}
          {...(field.min === undefined ? {} : { min: field.min })}
          {...(field.max === undefined ? {} : { max: field.max })}
          whole={field.whole === true}
          unit={field.unit}
        />
      );
    case 'moment':
      return <MomentInput {...props} />;
    case 'text':
      return (
        <LongTextField
          {...props}
          maxLength={field.max}
          value={textOf(value)}
          onChange={(text) => onChange(text === '' ? null : text)}
        />
      );
    case 'line':
      return wraps ? (
        <WrappingField
          {...props}
          maxLength={field.max}
          value={textOf(value)}
          onChange={(text) => onChange(text === '' ? null : text)}
        />
      ) : (
        <LineInput {...props} maxLength={field.max} />
      );
    default:
      return <LineInput {...props} type="url" />;
  }
};
