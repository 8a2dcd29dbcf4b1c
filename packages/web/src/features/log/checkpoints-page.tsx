import { useQuery } from '@tanstack/react-query';
import type { LogKeyWire, LogStateWire } from '@throughline/domain/wire-log.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { save } from '../../proof/download.ts';
import { logStateQuery } from '../../proof/log-state.ts';
import { formatInstant } from '../../text/dates.ts';
import { formatNumber } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { DownloadIcon, LinkIcon, PrintIcon } from '../../ui/icons.ts';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { PropertyList } from '../../ui/property-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { CheckpointPaper } from './checkpoint-paper.tsx';
import css from './log.module.css';
import { Box } from './log-box.tsx';
import { LogFrame } from './log-frame.tsx';
import { t } from './words.ts';

const copy = async (text: string, done: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    notify({ text: done });
  } catch {
    // A browser that does not let the page copy says so by refusing; the text stands on the page.
    notify({ text: t('log.copy-refused') });
  }
};

type Checkpoint = NonNullable<LogStateWire['checkpoint']>;

const Newest = ({ state, checkpoint }: { state: LogStateWire; checkpoint: Checkpoint }) => {
  const zone = useTimeZone();
  return (
    <Box id="newest-title" title={t('log.newest')}>
      <PropertyList
        properties={[
          { id: 'origin', label: t('log.origin'), value: <code className={css.code}>{state.origin}</code> },
          { id: 'size', label: t('log.size'), value: formatNumber(checkpoint.size) },
          { id: 'root', label: t('log.root'), value: <code className={css.code}>{checkpoint.root}</code> },
          { id: 'at', label: t('log.signed-at'), value: formatInstant(new Date(checkpoint.at), zone) },
          { id: 'key', label: t('log.signed-by'), value: <code className={css.code}>{checkpoint.key}</code> },
        ]}
      />
      <pre className={css.note}>{checkpoint.note}</pre>
      <div className={css.acts}>
        <Button icon={<LinkIcon />} onClick={() => void copy(checkpoint.note, t('log.copied-checkpoint'))}>
          {t('log.copy-checkpoint')}
        </Button>
        <Button
          icon={<DownloadIcon />}
          onClick={() => save(`checkpoint-${checkpoint.size}.txt`, 'text/plain', checkpoint.note)}
        >
          {t('log.download-checkpoint')}
        </Button>
        <Button icon={<PrintIcon />} onClick={() => window.print()}>
          {t('log.print-checkpoint')}
        </Button>
      </div>
      <p className={css.explain}>{t('log.keep')}</p>
    </Box>
  );
};

const KeyRow = ({ known }: { known: LogKeyWire }) => {
  const zone = useTimeZone();
  const from = formatInstant(new Date(known.from), zone);
  return (
    <li className={css.key}>
      <div className={css.keyHead}>
        <b>{t('log.key.fingerprint', { id: known.id })}</b>
        <span className={css.quiet}>
          {known.until === null
            ? t('log.key.since', { from })
            : t('log.key.span', { from, until: formatInstant(new Date(known.until), zone) })}
          {known.replacedLost ? ` ${t('log.key.lost')}` : ''}
        </span>
      </div>
      <code className={css.code}>{known.vkey}</code>
      <div className={css.acts}>
        <Button look="ghost" flush onClick={() => void copy(known.vkey, t('log.copied-key'))}>
          {t('log.copy-key')}
        </Button>
        <Button
          look="ghost"
          icon={<DownloadIcon size={14} />}
          onClick={() => save(`log-key-${known.id}.txt`, 'text/plain', `${known.vkey}\n`)}
        >
          {t('log.download-key')}
        </Button>
      </div>
    </li>
  );
};

const Outside = ({ state, organisation }: { state: LogStateWire; organisation: string }) => {
  const address = `${window.location.origin}/log/${organisation}`;
  return (
    <Box id="outside-title" title={t('log.outside')}>
      <ol className={css.steps}>
        <li>{t('log.outside.key')}</li>
        <li>{t('log.outside.read', { address })}</li>
        <li>{t('log.outside.check')}</li>
      </ol>
      <pre
        className={css.note}
      >{`npx throughline log export DIR\nnpx throughline verify-proof FILE --key VKEY`}</pre>
      <p className={css.explain}>{state.public ? t('log.outside.public') : t('log.outside.private')}</p>
    </Box>
  );
};

const sentenceOf = (state: LogStateWire | undefined): string => {
  if (state === undefined) return t('log.title');
  const { checkpoint, unsigned } = state;
  if (unsigned !== null && unsigned.reason !== 'pending')
    return t('log.sentence.unsigned', { n: state.size - (checkpoint?.size ?? 0) });
  return checkpoint === null
    ? t('log.sentence.none-signed')
    : t('log.sentence.signed', { n: checkpoint.size });
};

/** `/log/checkpoints`: what is signed, by which key, and how somebody else checks it; printed, a sheet to sign and keep. */
export const Page = () => {
  usePageTitle(t('log.tab.checkpoints'));
  const organisation = useSession()?.organisation;
  const { data: state, error, refetch } = useQuery(logStateQuery);
  const problem = troubleOf(error);
  const why = state?.unsigned ?? null;
  return (
    <>
      <div className={css.screen}>
        <LogFrame tab="checkpoints" sentence={sentenceOf(state)}>
          <div className={css.column}>
            {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
            {state === undefined && problem === null ? <Skeleton height={24} lines={8} /> : null}
            {why === null || why.reason === 'pending' ? null : (
              <p className={css.warn} role="note">
                {t(`log.unsigned.${why.reason}`)} {why.message}
              </p>
            )}
            {state === undefined || organisation === undefined ? null : (
              <>
                {state.checkpoint === null ? null : <Newest state={state} checkpoint={state.checkpoint} />}
                {state.keys.length === 0 ? null : (
                  <Box id="keys-title" title={t('log.keys')}>
                    <ul className={css.keys}>
                      {state.keys.map((known) => (
                        <KeyRow key={known.vkey} known={known} />
                      ))}
                    </ul>
                  </Box>
                )}
                <Outside state={state} organisation={organisation.id} />
              </>
            )}
          </div>
        </LogFrame>
      </div>
      {state?.checkpoint == null || organisation === undefined ? null : (
        <CheckpointPaper state={state} checkpoint={state.checkpoint} organisation={organisation.name} />
      )}
    </>
  );
};
