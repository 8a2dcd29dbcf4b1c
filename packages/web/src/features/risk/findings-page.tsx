import { isAnswered } from '@throughline/domain/risk/answered.ts';
import { isSentence } from '@throughline/domain/text.ts';
import type { SuggestionsWire, SuggestionWire } from '@throughline/domain/wire-risk.ts';
import { type ReactNode, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { RefLink } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './findings.module.css';
import { type Answer, listed } from './findings-state.ts';
import { useAnswer, useSuggestions } from './use-suggestions.ts';
import { w } from './words.ts';

type ItemProps = {
  one: SuggestionWire;
  facts: ReadonlyMap<string, string>;
  refusal: string | undefined;
  busy: boolean;
  onAnswer: (answer: Answer) => void;
};

/** Why what the run says of a finding leaves it open. */
const Unsettled = ({ one: { asks, considered } }: { one: SuggestionWire }) => {
  if (asks !== null) return <p>{w(`findings.asks.${asks}`)}</p>;
  return considered === 'risk' ? <p>{w('findings.asks.uncarried')}</p> : null;
};

const Item = ({ one, facts, refusal, busy, onAnswer }: ItemProps) => {
  const kinds = useKinds();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const why = one.because.map((fact) => facts.get(fact) ?? fact).join(' ');
  return (
    <li className={css.item} aria-label={`${one.id} ${one.title}`}>
      <div>
        <p className={css.title}>
          <span className={css.id}>{one.id}</span> {one.title}
        </p>
        <p className={css.quiet}>
          {one.words} {why}
        </p>
        {isAnswered(one) || one.considered === 'open' ? null : <Unsettled one={one} />}
        {one.risks.length === 0 ? null : (
          <p className={css.quiet}>
            {w('findings.made')}{' '}
            {one.risks.map((risk) => (
              <span key={risk.id}>
                <RefLink refText={risk.ref} href={kinds.href(risk)} /> {risk.title}{' '}
              </span>
            ))}
          </p>
        )}
      </div>
      <div className={css.answer}>
        {isAnswered(one) ? (
          <span>{w(one.considered === 'no-risk' ? 'findings.is-none' : 'findings.is-risk')}</span>
        ) : asked ? (
          <div className={css.reason}>
            <TextField label={w('findings.why')} value={reason} maxLength={300} onChange={setReason} />
            <Button
              busy={busy}
              reason={!isSentence(reason) ? w('findings.why-needed') : refusal}
              onClick={() => onAnswer({ do: 'no-risk', of: [one], reason: reason.trim() })}
            >
              {w('findings.leave')}
            </Button>
          </div>
        ) : (
          <>
            <Button busy={busy} reason={refusal} onClick={() => onAnswer({ do: 'risk', of: [one] })}>
              {w('findings.make')}
            </Button>
            <Button
              look="ghost"
              reason={one.asks === 'into-risk' ? w('findings.asks.into-risk') : refusal}
              onClick={() => setAsked(true)}
            >
              {w('findings.none')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
};

const Findings = ({ found }: { found: SuggestionsWire }) => {
  const refusal = useEditRefusal('risk-assessments', found.run.ref);
  const answer = useAnswer(found.run.ref);
  const facts = new Map(found.facts.map(({ id, words }) => [id, words]));
  const open = found.suggestions.filter((one) => !isAnswered(one));
  // Answering the last one leaves the list as it is: what was just written does not vanish under the hand.
  const [shown, setShown] = useState<'open' | 'all'>(open.length === 0 ? 'all' : 'open');
  const unlisted = open.filter(({ considered }) => considered === 'open');
  const trouble = troubleOf(answer.error);
  /** What was answered here stays in sight with the risk it became, until the list is chosen anew. */
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const say = (said: Answer): void => {
    setVisited((now) => new Set([...now, ...said.of.map(({ id }) => id)]));
    answer.mutate(said);
  };
  return (
    <div className={css.page}>
      <header>
        <h1>{found.run.title}</h1>
        <p>
          {open.length === 0
            ? w('findings.all-answered', { n: found.suggestions.length })
            : w('findings.sentence', { n: open.length, all: found.suggestions.length })}
        </p>
        <p className={css.quiet}>{w('findings.help')}</p>
      </header>
      <div className={css.bar}>
        <Segmented
          label={w('findings.shown')}
          value={shown}
          options={[
            { value: 'open', label: w('findings.shown.open') },
            { value: 'all', label: w('findings.shown.all') },
          ]}
          onChange={(next) => {
            setVisited(new Set());
            setShown(next);
          }}
        />
        {unlisted.length === 0 ? null : (
          <Button busy={answer.isPending} reason={refusal} onClick={() => say({ do: 'list', of: unlisted })}>
            {w('findings.list', { n: unlisted.length })}
          </Button>
        )}
      </div>
      {trouble === null ? null : <ProblemBox problem={trouble} />}
      <ul className={css.list}>
        {listed(found, shown, visited).map((one) => (
          <Item
            key={one.id}
            one={one}
            facts={facts}
            refusal={refusal}
            busy={answer.isPending && answer.variables.of.some(({ id }) => id === one.id)}
            onAnswer={say}
          />
        ))}
      </ul>
    </div>
  );
};

export type FindingsPageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** What a run of the risk assessment can begin from: each becomes a risk, or is left with a reason (6.1.2, 8.2). */
export const FindingsPage = ({ recordRef, crumbs, absent }: FindingsPageProps) => {
  usePageTitle(w('findings.title', { ref: recordRef }));
  const { data, error, refetch } = useSuggestions(recordRef);
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {data === undefined ? null : <Findings found={data} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={8} /> : null}
      {data === undefined && problem !== null ? (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      ) : null}
    </>
  );
};
