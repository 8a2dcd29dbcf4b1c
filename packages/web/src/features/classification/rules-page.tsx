import type { ComparisonWire, RulesWire } from '@throughline/domain/wire-rules.ts';
import { useId, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { Proposals } from '../../proposals/proposals.tsx';
import { WhyField, whyOf } from '../../proposals/why-field.tsx';
import { formatInstant } from '../../text/dates.ts';
import { rules as words } from '../../text/en/rules.ts';
import { wordsOf } from '../../text/t.ts';
import { BreadcrumbBar } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { RefLink } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './interview.module.css';
import { type Candidate, useComparison, useRules } from './use-rules.ts';

const t = wordsOf(words);

const Standing = ({ rules }: { rules: RulesWire }) => {
  const zone = useSession()?.organisation.timeZone ?? 'UTC';
  const { adopted, inForce, release } = rules;
  const line =
    adopted === null
      ? t('rules.follows', { version: inForce.version })
      : t(adopted.confirmedBy === null ? 'rules.adopted' : 'rules.adopted-by-two', {
          version: inForce.version,
          who: adopted.by?.name ?? t('rules.somebody'),
          second: adopted.confirmedBy?.name ?? '',
          when: formatInstant(new Date(adopted.at), zone),
        });
  return (
    <header className={css.head}>
      <h1>{t('rules.title')}</h1>
      <p className={css.sentence}>{line}</p>
      {release === inForce.version ? null : <p>{t('rules.release-other', { version: release })}</p>}
      <p className={css.small}>{inForce.law}</p>
    </header>
  );
};

const ChooseFile = ({ onChoose }: { onChoose: (candidate: Candidate) => void }) => {
  const id = useId();
  return (
    <label htmlFor={id} className={css.file}>
      {t('rules.file')}
      <input
        id={id}
        type="file"
        accept=".yaml,.yml,.json"
        onChange={async (event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) onChoose({ name: file.name, text: await file.text() });
        }}
      />
    </label>
  );
};

const Outcomes = ({ before, after }: { before: readonly string[]; after: readonly string[] }) => (
  <>
    {before.join(', ')}
    {before.join() === after.join() ? null : (
      <>
        {' → '}
        <b>{after.join(', ')}</b>
      </>
    )}
  </>
);

const Changes = ({ compared }: { compared: ComparisonWire }) => {
  const kinds = useKinds();
  return compared.changed.length === 0 ? null : (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th>{t('rules.column.record')}</th>
            <th>{t('rules.column.outcome')}</th>
            <th>{t('rules.column.changes')}</th>
          </tr>
        </thead>
        <tbody>
          {compared.changed.map(({ record, before, after, says }) => (
            <tr key={record.id}>
              <td>
                <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}
              </td>
              <td>
                <Outcomes before={before} after={after} />
              </td>
              <td>
                {says.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Cases = ({ cases }: Pick<ComparisonWire, 'cases'>) =>
  cases.length === 0 ? null : (
    <div className={css.scroll}>
      <h3 className={css.found}>{t('rules.cases')}</h3>
      <table className={css.table}>
        <thead>
          <tr>
            <th>{t('rules.column.case')}</th>
            <th>{t('rules.column.outcome')}</th>
            <th>{t('rules.column.changes')}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map(({ id, name, before, after, says }) => (
            <tr key={id}>
              <td>
                {id} {name}
              </td>
              <td>
                <Outcomes before={before ?? []} after={after ?? []} />
              </td>
              <td>{says}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

const sentenceOf = ({ changed, looked, candidate }: ComparisonWire): string =>
  looked === 0
    ? t('rules.nothing-stored')
    : changed.length === 0
      ? t('rules.none-change', { n: looked, version: candidate })
      : t('rules.some-change', { n: changed.length, of: looked, version: candidate });

const Compare = ({ rules }: { rules: RulesWire }) => {
  const [candidate, setCandidate] = useState<Candidate>(null);
  const { compare, adopt, save } = useComparison(candidate);
  const reason = refusal(rules.abilities.adopt);
  const problem = troubleOf(compare.error ?? adopt.error ?? save.error);
  const [why, setWhy] = useState('');
  const compared = compare.data;
  const choose = (next: Candidate): void => {
    compare.reset();
    setCandidate(next);
  };
  return (
    <section className={css.part} aria-labelledby="rules-compare" aria-busy={compare.isPending}>
      <h2 id="rules-compare">{t('rules.compare-title')}</h2>
      <p>{t('rules.compare-help')}</p>
      <div className={css.foot}>
        <span>
          {candidate === null
            ? t('rules.of-release', { version: rules.release })
            : t('rules.of-file', { name: candidate.name })}
        </span>
        <ChooseFile onChoose={choose} />
        {candidate === null ? null : (
          <Button look="ghost" onClick={() => choose(null)}>
            {t('rules.take-release', { version: rules.release })}
          </Button>
        )}
        <Button
          look={compared === undefined ? 'primary' : 'default'}
          busy={compare.isPending}
          onClick={() => compare.mutate()}
        >
          {t('rules.compare')}
        </Button>
      </div>
      {problem === null ? null : <ProblemBox problem={problem} />}
      {compared === undefined ? null : (
        <>
          <p className={css.found} role="status">
            {sentenceOf(compared)}
          </p>
          <Changes compared={compared} />
          <Cases cases={compared.cases} />
          {reason === undefined ? (
            <>
              <p>{t('rules.adopt-help')}</p>
              <WhyField value={why} error={undefined} onChange={setWhy} />
            </>
          ) : null}
          <div className={css.foot}>
            <Button
              look="primary"
              reason={reason}
              reasonShown
              busy={adopt.isPending}
              onClick={() =>
                adopt.mutate(
                  { version: compared.candidate, follow: false, ...whyOf(why) },
                  { onSuccess: () => setWhy('') },
                )
              }
            >
              {t('rules.adopt', { version: compared.candidate })}
            </Button>
            {compared.changed.length === 0 ? null : (
              <>
                <Button busy={save.isPending} onClick={() => save.mutate('xlsx')}>
                  {t('rules.save-xlsx')}
                </Button>
                <Button busy={save.isPending} onClick={() => save.mutate('csv')}>
                  {t('rules.save-csv')}
                </Button>
              </>
            )}
          </div>
        </>
      )}
      {rules.adopted === null || compared !== undefined ? null : (
        <div className={css.foot}>
          {reason === undefined ? <WhyField value={why} error={undefined} onChange={setWhy} /> : null}
          <Button
            look="ghost"
            reason={reason}
            busy={adopt.isPending}
            onClick={() =>
              adopt.mutate(
                { version: rules.release, follow: true, ...whyOf(why) },
                { onSuccess: () => setWhy('') },
              )
            }
          >
            {t('rules.follow')}
          </Button>
        </div>
      )}
    </section>
  );
};

/** `/classifications/rules`: by which rules interviews run, and what others would change, before they are adopted. */
export const Page = () => {
  usePageTitle(t('rules.title'));
  const kinds = useKinds();
  const { data, error, refetch } = useRules();
  const problem = troubleOf(error);
  const register = kinds.byCollection('classifications');
  const crumbs = [{ label: register?.plural ?? '', href: '/classifications' }, { label: t('rules.title') }];
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      <div className={css.page}>
        {data !== undefined ? (
          <>
            <Standing rules={data} />
            <Proposals matters={['classification-rules']} className={css.part} />
            <Compare rules={data} />
          </>
        ) : problem === null ? (
          <Skeleton height={28} lines={6} />
        ) : (
          <ErrorLine problem={problem} onRetry={() => void refetch()} />
        )}
      </div>
    </>
  );
};
