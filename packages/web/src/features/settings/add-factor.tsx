import type { AddedFactorWire, NewPasskeyWire, NewTotpWire } from '@throughline/domain/wire-account.ts';
import { type ReactNode, useState } from 'react';
import { post } from '../../api/client.ts';
import { makePasskey } from '../../api/passkey.ts';
import type { Problem } from '../../api/problem.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { QrPicture } from './qr-picture.tsx';
import css from './settings.module.css';
import { ShownOnce } from './shown-once.tsx';
import { t } from './words.ts';

type AddProps = { onClose: () => void; onAdded: (added: AddedFactorWire) => void };

type FrameProps = AddProps & {
  title: string;
  submit: string;
  text: string;
  add: (name: string) => Promise<AddedFactorWire>;
  children?: (refused: (at: string) => string | undefined) => ReactNode;
};

/** A name, what the kind of factor needs, and what the server refuses of it. */
const AddFrame = ({ title, submit, text, add, children, onClose, onAdded }: FrameProps) => {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (): Promise<void> => {
    setMissing(name.trim() === '');
    if (name.trim() === '') {
      document.getElementById('factor-name')?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      onAdded(await add(name.trim()));
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const refused = (at: string) => problem?.errors.find((one) => one.at === at)?.message;
  const inField = ['name', 'code'].some((at) => refused(at) !== undefined);
  return (
    <FormDialog
      title={title}
      submit={submit}
      cancel={t('form.cancel')}
      busy={busy}
      onClose={onClose}
      onSubmit={() => void send()}
    >
      <div className={css.dialogForm}>
        <p className={css.dialogText}>{text}</p>
        {problem === null || inField ? null : <ErrorLine problem={problem} />}
        {children?.(refused)}
        <TextField
          id="factor-name"
          label={t('account.name')}
          help={t('account.name-help')}
          value={name}
          maxLength={60}
          error={missing && name.trim() === '' ? t('settings.needed') : refused('name')}
          onChange={setName}
        />
      </div>
    </FormDialog>
  );
};

/** An authenticator: the picture, the secret for those who type, and its first code. */
export const AddTotp = ({ made, ...more }: AddProps & { made: NewTotpWire }) => {
  const [code, setCode] = useState('');
  return (
    <AddFrame
      {...more}
      title={t('account.add-totp')}
      submit={t('account.add-totp-do')}
      text={t('account.add-totp-text')}
      add={(name) =>
        post<AddedFactorWire>('/api/v1/account/totp', { step: made.step, name, code: code.trim() || '-' })
      }
    >
      {(refused) => (
        <>
          <QrPicture text={made.uri} label={t('account.totp-picture')} />
          <ShownOnce label={t('account.totp-secret')} text={made.secret} />
          <TextField
            id="factor-code"
            label={t('account.totp-code')}
            value={code}
            maxLength={20}
            autoComplete="one-time-code"
            error={refused('code')}
            onChange={setCode}
          />
        </>
      )}
    </AddFrame>
  );
};

/** A passkey: the browser makes it when the form is sent. */
export const AddPasskey = (more: AddProps) => (
  <AddFrame
    {...more}
    title={t('account.add-passkey')}
    submit={t('account.add-passkey-do')}
    text={t('account.add-passkey-text')}
    add={async (name) => {
      const { step, options } = await post<NewPasskeyWire>('/api/v1/account/passkeys/begin');
      const passkey = await makePasskey(options);
      return post<AddedFactorWire>('/api/v1/account/passkeys', { step, name, passkey });
    }}
  />
);
