import type { ProofMethod } from '@throughline/domain/factors.ts';
import { type FormEvent, useId, useState } from 'react';
import { type ShownPasskey, showPasskey } from '../../api/passkey.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { refusedFields } from './form-errors.ts';
import css from './sign-in.module.css';

/** What somebody shows to prove who they are. */
export type Shown = { code: string } | { password: string } | { passkey: ShownPasskey };

export type FactorFormProps = {
  methods: readonly ProofMethod[];
  /** What the browser is asked with; nothing where no passkey is among the methods. */
  passkey: unknown;
  submit: string;
  /** Shows it by signing in at the organisation's provider, where that is among the methods. */
  onElsewhere?: () => Promise<void>;
  /** Rejects with the refusal, which is then shown here. */
  onShown: (shown: Shown) => Promise<void>;
};

/** Asks for a passkey, a code or the password, whichever proves this person. */
export const FactorForm = ({ methods, passkey, submit, onElsewhere, onShown }: FactorFormProps) => {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const [missing, setMissing] = useState(false);
  const [code, setCode] = useState(false);
  const byCode = methods.includes('totp') || methods.includes('recovery');
  const both = byCode && methods.includes('password');
  const byPassword = methods.includes('password') && !code;
  const show = async (make: () => Promise<Shown>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await onShown(await make());
    } catch (error) {
      setProblem(problemOf(error));
      setTyped('');
      setBusy(false);
      document.getElementById(id)?.focus();
    }
  };
  const elsewhere = async (leave: () => Promise<void>): Promise<void> => {
    setProblem(null);
    try {
      await leave();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(typed.trim() === '');
    if (typed.trim() === '') document.getElementById(id)?.focus();
    else void show(async () => (byPassword ? { password: typed } : { code: typed }));
  };
  const refused = refusedFields(problem);
  const message = missing ? t('setup.needed') : (refused.code ?? refused.password);
  const field = { id, value: typed, error: message, onChange: setTyped };
  return (
    <form className={css.form} onSubmit={send} noValidate>
      {problem === null || message !== undefined ? null : <ErrorLine problem={problem} />}
      {passkey === null ? null : (
        <div>
          <Button
            look={byCode ? 'default' : 'primary'}
            size="form"
            busy={busy}
            onClick={() => void show(async () => ({ passkey: await showPasskey(passkey) }))}
          >
            {t('factor.use-passkey')}
          </Button>
        </div>
      )}
      {onElsewhere === undefined || !methods.includes('provider') ? null : (
        <div>
          <Button size="form" onClick={() => void elsewhere(onElsewhere)}>
            {t('provider.prove-plain')}
          </Button>
          <p className={css.small}>{t('provider.prove-text')}</p>
        </div>
      )}
      {byPassword ? (
        <TextField {...field} label={t('sign-in.password')} type="password" autoComplete="current-password" />
      ) : byCode ? (
        <TextField
          {...field}
          label={t('factor.code')}
          help={t(methods.includes('totp') ? 'factor.code-help' : 'factor.code-help-paper')}
          autoComplete="one-time-code"
          maxLength={30}
        />
      ) : null}
      {byPassword || byCode ? (
        <Button type="submit" look="primary" size="form" busy={busy}>
          {submit}
        </Button>
      ) : null}
      {both ? (
        <Button
          size="form"
          onClick={() => {
            setCode(!code);
            setTyped('');
            setProblem(null);
          }}
        >
          {t(code ? 'factor.use-password' : 'factor.use-code')}
        </Button>
      ) : null}
    </form>
  );
};
