import { useEffect, useId, useRef } from 'react';
import css from './checkbox.module.css';

export type CheckboxProps = {
  /** Read out; written beside the box unless `bare`. */
  label: string;
  checked: boolean;
  /** Some, not all. */
  mixed?: boolean;
  onChange: (checked: boolean, shift: boolean) => void;
  bare?: boolean;
  tabIndex?: number;
};

export const Checkbox = ({
  label,
  checked,
  mixed = false,
  onChange,
  bare = false,
  tabIndex,
}: CheckboxProps) => {
  const box = useRef<HTMLInputElement>(null);
  const shift = useRef(false);
  const id = useId();
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = mixed;
  }, [mixed]);
  const input = (
    <input
      ref={box}
      id={id}
      type="checkbox"
      className={css.box}
      checked={checked}
      tabIndex={tabIndex}
      {...(bare ? { 'aria-label': label } : {})}
      onClick={(event) => {
        shift.current = event.shiftKey;
      }}
      onChange={(event) => onChange(event.target.checked, shift.current)}
    />
  );
  if (bare) return <span className={css.target}>{input}</span>;
  return (
    <label htmlFor={id} className={css.label}>
      {input}
      {label}
    </label>
  );
};
