import type { LogStateWire } from '@throughline/domain/wire-log.ts';
import { formatInstant } from '../../text/dates.ts';
import { formatNumber } from '../../text/t.ts';
import { useTimeZone } from '../../ui/clock.ts';
import css from './checkpoint-paper.module.css';
import { t } from './words.ts';

type PaperProps = {
  state: LogStateWire;
  checkpoint: NonNullable<LogStateWire['checkpoint']>;
  organisation: string;
};

/** Letters of the longest line: the signature's, with the name of the log. */
const longestLine = (note: string): number => Math.max(...note.split('\n').map((line) => [...line].length));

/** A checkpoint on paper: whoever signs and keeps it can find out later whether the log still goes on from it. */
export const CheckpointPaper = ({ state, checkpoint, organisation }: PaperProps) => {
  const zone = useTimeZone();
  const key = state.keys.find(({ id }) => id === checkpoint.key);
  return (
    <article className={css.paper} aria-label={t('paper.title')}>
      <h2 className={css.title}>{t('paper.title')}</h2>
      <p>
        {t('paper.says', {
          organisation,
          n: checkpoint.size,
          at: formatInstant(new Date(checkpoint.at), zone),
        })}
      </p>
      <dl className={css.facts}>
        <dt>{t('log.origin')}</dt>
        <dd className={css.code}>{state.origin}</dd>
        <dt>{t('log.size')}</dt>
        <dd className={css.code}>{formatNumber(checkpoint.size)}</dd>
        <dt>{t('log.root')}</dt>
        <dd className={css.code}>{checkpoint.root}</dd>
        <dt>{t('log.keys')}</dt>
        <dd className={css.code}>{key?.vkey}</dd>
      </dl>
      <p>{t('paper.whole')}</p>
      <div className={css.note}>
        <pre ref={(box) => box?.style.setProperty('--longest', String(longestLine(checkpoint.note)))}>
          {checkpoint.note}
        </pre>
      </div>
      <p>{t('paper.later')}</p>
      <div className={css.signing}>
        {(['paper.name', 'paper.place', 'paper.signature'] as const).map((part) => (
          <div key={part} className={css.line}>
            {t(part)}
          </div>
        ))}
      </div>
    </article>
  );
};
