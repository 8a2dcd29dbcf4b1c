import { useId } from 'react';
import css from './segmented.module.css';
import hidden from './visually-hidden.module.css';

export type SegmentedProps<V extends string> = {
  label: string;
  value: V;
  onChange: (value: V) => void;
  options: readonly { value: V; label: string }[];
};

/** One of a few, all in sight: radio buttons drawn as one bar, so that the browser's own arrow keys choose. */
export const Segmented = <V extends string>({ label, value, onChange, options }: SegmentedProps<V>) => {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={css.group}>
      {options.map((option) => (
        <label key={option.value} className={css.option}>
          <input
            type="radio"
            className={hidden.hidden}
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
};
