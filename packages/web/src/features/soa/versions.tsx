import { type PublicationBar, publicationBar } from '@throughline/domain/soa/publication-bar.ts';
import type { SoaComparisonWire, SoaVersionsWire, SoaWire } from '@throughline/domain/wire-soa.ts';
import { Fragment, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { startDownload } from '../../api/organisation.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { formatInstant } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { ExportIcon } from '../../ui/icons.ts';
import { Link, RefLink } from '../../ui/link.tsx';
import { Menu } from '../../ui/menu.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { formats } from './formats.ts';
import { partWords } from './published-words.ts';
import css from './soa.module.css';
import { useOptions } from './use-options.ts';
import { type Compared, useComparison, usePublish, useVersions } from './use-soa.ts';
import { w } from './words.ts';

const Differences = ({ compared }: { compared: SoaComparisonWire }) => {
  const labels = {
    reason: useOptions('applicability', 'reasons'),
    conclusion: useOptions('control-test', 'conclusion'),
  };
  const { added, removed, changed, same } = compared;
  const alone = [
    ...added.map((row) => ({ row, word: w('soa.compare-added') })),
    ...removed.map((row) => ({ row, word: w('soa.compare-removed') })),
  ];
  if (alone.length + changed.length === 0)
    return <p className={css.quiet}>{`${w('soa.compare-none')} ${w('soa.compare-same', { n: same })}`}</p>;
  return (
    <>
      <ScrollBox label={w('soa.compare')}>
        <table className={`${plain.table} ${css.compared}`}>
          <thead>
            <tr>
              <th scope="col">{w('soa.column.control')}</th>
              <th scope="col">{w('soa.compare-part')}</th>
              <th scope="col">{w('soa.compare-before-column')}</th>
              <th scope="col">{w('soa.compare-after-column')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.flatMap(({ id, title, parts, before, after }) =>
              parts.map((part, at) => (
                <tr key={`${id} ${part}`}>
                  {at === 0 ? (
                    <th scope="rowgroup" rowSpan={parts.length}>
                      {id} {title}
                    </th>
                  ) : null}
                  <td>{w(`soa.part.${part}`)}</td>
                  <td className={css.before}>{partWords(before, part, labels)}</td>
                  <td>{partWords(after, part, labels)}</td>
                </tr>
              )),
            )}
            {alone.map(({ row, word }) => (
              <tr key={`${word} ${row.id}`}>
                <th scope="row">
                  {row.id} {row.title}
                </th>
                <td colSpan={3}>{`${word}: ${partWords(row, 'decided', labels)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className={css.small}>{w('soa.compare-same', { n: same })}</p>
    </>
  );
};

const Comparison = ({ asked, onClose }: { asked: Compared; onClose: () => void }) => {
  const { data, error, refetch } = useComparison(asked);
  const problem = troubleOf(error);
  const to = asked.to === null ? w('soa.compare-to-now') : w('soa.version', { n: asked.to });
  return (
    <section aria-label={w('soa.compare')}>
      <div className={css.bar}>
        <h3>{w('soa.compare-title', { from: asked.from, to })}</h3>
        <Button onClick={onClose}>{w('soa.compare-close')}</Button>
      </div>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={4} /> : null}
      {data === undefined ? null : <Differences compared={data} />}
    </section>
  );
};

type TableProps = { kept: SoaVersionsWire; onCompare: (asked: Compared) => void };

const VersionTable = ({ kept: { versions, inForce }, onCompare }: TableProps) => {
  const zone = useTimeZone();
  return (
    <ScrollBox label={w('soa.published')}>
      <table className={plain.table} aria-label={w('soa.published')}>
        <thead>
          <tr>
            <th scope="col">{w('soa.version-column')}</th>
            <th scope="col">{w('soa.version-at')}</th>
            <th scope="col">{w('soa.version-by')}</th>
            <th scope="col">{w('soa.version-state')}</th>
            <th scope="col">{w('soa.version-digest')}</th>
            <th scope="col">{w('soa.compare')}</th>
            <th scope="col">{w('soa.version-file')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, at, by, digest }, place) => {
            const before = versions[place + 1]?.version;
            const withBefore =
              before === undefined
                ? []
                : [
                    {
                      label: w('soa.compare-before'),
                      onSelect: () => onCompare({ from: before, to: version }),
                    },
                  ];
            const withNow = {
              label: w('soa.compare-now'),
              onSelect: () => onCompare({ from: version, to: null }),
            };
            return (
              <tr key={version}>
                <th scope="row">{version}</th>
                <td>{formatInstant(new Date(at), zone)}</td>
                <td>{by ?? '–'}</td>
                <td>{version === inForce ? w('soa.in-force') : w('soa.not-in-force')}</td>
                <td className={css.digest} title={digest}>
                  {digest.slice(0, 16)}
                </td>
                <td>
                  <Menu
                    align="end"
                    trigger={<Button>{w('soa.compare')}</Button>}
                    groups={[{ items: [withNow, ...withBefore] }]}
                  />
                </td>
                <td>
                  <Menu
                    align="end"
                    trigger={
                      <Button icon={<ExportIcon />}>
                        {w('soa.export')} <VisuallyHidden>{w('soa.version', { n: version })}</VisuallyHidden>
                      </Button>
                    }
                    groups={[
                      {
                        items: formats.map((format) => ({
                          label: w(`soa.export-${format}`),
                          onSelect: () =>
                            startDownload(`/api/v1/soa/export?format=${format}&version=${version}`),
                        })),
                      },
                    ]}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
};

/** Why the statement is not published as it stands, before anybody tries: each count leads to its rows. */
const Barred = ({ bar }: { bar: PublicationBar }) => {
  const counts = [
    ['open', bar.undecided.length],
    ['unreasoned', bar.unreasoned.length],
  ] as const;
  return (
    <p className={css.barred}>
      {w('soa.publish-barred')}{' '}
      {counts
        .filter(([, n]) => n > 0)
        .map(([show, n], at) => (
          <Fragment key={show}>
            {at === 0 ? null : ', '}
            <Link href={`/soa?show=${show}`}>{w(`soa.barred.${show}`, { n })}</Link>
          </Fragment>
        ))}
      .
    </p>
  );
};

/** Where on the page the published versions stand. */
export const versionsPlace = 'published';

/** Statements kept as versions of a controlled document (7.5), and what differs between two of them. */
export const Versions = ({ soa }: { soa: SoaWire }) => {
  const kinds = useKinds();
  const { data, error, refetch } = useVersions();
  const publish = usePublish();
  const [asked, setAsked] = useState<Compared | null>(null);
  const problem = troubleOf(error);
  const refused = troubleOf(publish.error);
  const bar = publicationBar(soa);
  return (
    <section id={versionsPlace} className={css.versions} aria-label={w('soa.published')}>
      <h2>{w('soa.published')}</h2>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined ? null : (
        <>
          <div className={css.bar}>
            <span className={css.quiet}>
              {data.document === null ? (
                w('soa.published-none')
              ) : (
                <RefLink
                  refText={data.document.ref}
                  href={kinds.href(data.document)}
                  title={data.document.title}
                />
              )}
            </span>
            <span className={css.tools}>
              <Button
                reason={refusal(data.abilities.publish) ?? bar?.words}
                busy={publish.isPending}
                onClick={() => publish.mutate()}
              >
                {w('soa.publish')}
              </Button>
            </span>
          </div>
          {bar === null ? null : <Barred bar={bar} />}
          {refused === null ? null : <ProblemBox problem={refused} />}
          {data.versions.length === 0 ? null : <VersionTable kept={data} onCompare={setAsked} />}
        </>
      )}
      {asked === null ? null : <Comparison asked={asked} onClose={() => setAsked(null)} />}
    </section>
  );
};
