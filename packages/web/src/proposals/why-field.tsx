import { TextField } from '../ui/fields/text-field.tsx';
import { p } from './proposal-text.ts';

export type WhyProps = { value: string; error: string | undefined; onChange: (value: string) => void };

/** Why something is done that may take two hands: for whoever confirms it, and for the log. */
export const WhyField = ({ value, error, onChange }: WhyProps) => (
  <TextField
    label={p('proposal.why')}
    help={p('proposal.why-help')}
    value={value}
    maxLength={500}
    optional
    error={error}
    onChange={onChange}
  />
);

/** The reason as a request carries it: none where nobody wrote one. */
export const whyOf = (value: string): { reason?: string } =>
  value.trim() === '' ? {} : { reason: value.trim() };
