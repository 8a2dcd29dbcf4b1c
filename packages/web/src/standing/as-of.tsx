import type { AsOfWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useState } from 'react';
import { dayIn, formatInstant } from '../text/dates.ts';
import { formatNumber, t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { useNow, useTimeZone } from '../ui/clock.ts';
import { Field } from '../ui/fields/field.tsx';
import { CalendarIcon } from '../ui/icons.ts';
import { Popover } from '../ui/popover.tsx';
import css from './as-of.module.css';

/** The instant that a day and a time mean on this device, as RFC 3339; undefined where they mean none. */
export const instantOf = (day: string, time: string): string | undefined => {
  const at = new Date(`${day}T${time === '' ? '23:59' : time}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

type AsOfControlProps = { asOf: string | undefined; onChange: (asOf: string | undefined) => void };

/** Turns the page into an earlier moment (UX d, As of). */
export const AsOfControl = ({ asOf, onChange }: AsOfControlProps) => {
  const zone = useTimeZone();
  const today = dayIn(useNow(), zone);
  const [opened, setOpened] = useState(false);
  const [day, setDay] = useState(today);
  const [time, setTime] = useState('');
  const show = (): void => {
    const at = instantOf(day, time);
    if (at === undefined) return;
    setOpened(false);
    onChange(at);
  };
  const label =
    asOf === undefined
      ? t('record.as-of-now')
      : t('record.as-of', { at: formatInstant(new Date(asOf), zone) });
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      label={t('record.as-of-title')}
      align="end"
      width={240}
      trigger={
        <Button
          look="ghost"
          icon={<CalendarIcon />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {label}
        </Button>
      }
    >
      <form
        className={css.stack}
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <Field label={t('record.as-of-day')}>
          {(control) => (
            <input
              {...control}
              type="date"
              max={today}
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('record.as-of-time')} optional>
          {(control) => (
            <input {...control} type="time" value={time} onChange={(event) => setTime(event.target.value)} />
          )}
        </Field>
        <Button size="form" type="submit">
          {t('record.as-of-show')}
        </Button>
      </form>
    </Popover>
  );
};

type AsOfBarProps = { asOf: AsOfWire | undefined; children?: ReactNode; onBack: () => void };

/** Says that the page is an earlier moment, and leads back. */
export const AsOfBar = ({ asOf, children, onBack }: AsOfBarProps) => {
  const zone = useTimeZone();
  if (asOf === undefined) return null;
  return (
    <div role="status" className={css.sand}>
      <span>
        {t('record.as-of-bar', { at: formatInstant(new Date(asOf.at), zone) })}{' '}
        {asOf.index < 0 ? t('record.as-of-before') : t('record.as-of-entry', { n: formatNumber(asOf.index) })}{' '}
        {children}
      </span>
      <Button onClick={onBack}>{t('record.as-of-back')}</Button>
    </div>
  );
};
