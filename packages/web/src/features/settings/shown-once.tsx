import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { announce } from '../../ui/live-region.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

/** A secret, link or address to take elsewhere, with a button that copies it. */
export const ShownOnce = ({ label, text }: { label: string; text: string }) => {
  const [state, setState] = useState<'shown' | 'copied' | 'refused'>('shown');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
      announce(t('settings.copied'));
    } catch {
      setState('refused'); // Without permission or over plain HTTP the person copies by hand, and is told so.
    }
  };
  return (
    <div className={css.once}>
      <input
        className={css.secret}
        aria-label={label}
        readOnly
        value={text}
        onFocus={(event) => event.target.select()}
      />
      <Button size="form" onClick={() => void copy()}>
        {state === 'copied' ? t('settings.copied') : t('settings.copy')}
      </Button>
      {state === 'refused' ? <p className={css.explain}>{t('settings.copy-failed')}</p> : null}
    </div>
  );
};
