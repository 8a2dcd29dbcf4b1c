import { useState } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Popover } from '../../ui/popover.tsx';
import css from './register.module.css';
import { columnLabel } from './register-columns.ts';
import { goesBy, readGoal } from './register-place.ts';
import type { Register } from './use-register.ts';

/** To the first rows, the last, or those from a value on: a list of thousands has no thumb to drag (UX k). */
export const GoTo = ({ register }: { register: Register }) => {
  const { kind, sort, change, place } = register;
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const by = goesBy(kind, sort);
  const go = (to: { from?: string; at?: string }): void => {
    setOpened(false);
    setTyped('');
    setProblem(undefined);
    change({ from: to.from, at: to.at }, { push: true });
  };
  const submit = (): void => {
    if (by === null) return;
    const read = readGoal(by, typed);
    if ('problem' in read) setProblem(read.problem);
    else go({ from: read.value });
  };
  const key = sort[0]?.key ?? 'ref';
  const what =
    key === 'ref'
      ? t('register.ref')
      : key === 'title'
        ? columnLabel(kind, kind.title)
        : columnLabel(kind, key);
  if (register.group !== undefined) return null;
  return (
    <>
      {place.at === 'first' ? null : (
        <Button look="ghost" onClick={() => go({})}>
          {t('register.go.first')}
        </Button>
      )}
      <Popover
        opened={opened}
        onChange={setOpened}
        label={t('register.go')}
        align="end"
        width={264}
        trigger={
          <Button look="ghost" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {t('register.go')}
          </Button>
        }
      >
        {by === null ? null : (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <TextField
              label={what}
              help={t(`register.go.help.${by}`)}
              value={typed}
              error={problem}
              onChange={setTyped}
              autoFocus
            />
          </form>
        )}
        <div className={css.rowActions}>
          {by === null ? null : <Button onClick={submit}>{t('register.go.there')}</Button>}
          <Button onClick={() => go({})}>{t('register.go.first')}</Button>
          <Button onClick={() => go({ at: 'last' })}>{t('register.go.last')}</Button>
        </div>
      </Popover>
    </>
  );
};
