import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProposalMatter } from '@throughline/domain/proposals.ts';
import type { ConfirmedWire, ProposalWire, ProposedGrantWire } from '@throughline/domain/wire-proposals.ts';
import { type ReactNode, useState } from 'react';
import { post } from '../api/client.ts';
import { proposalsQuery } from '../api/proposals.ts';
import { troubleOf } from '../api/trouble.ts';
import { blobHref } from '../kinds/blobs.ts';
import { roleName } from '../kinds/roles.ts';
import { formatDay, formatInstant } from '../text/dates.ts';
import { Button } from '../ui/button.tsx';
import { useTimeZone } from '../ui/clock.ts';
import { Link } from '../ui/link.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { notify } from '../ui/toast.tsx';
import { p } from './proposal-text.ts';
import { confirmerWords, proofLines, proposalTitle, rightsLines, rulesLines } from './proposal-words.ts';
import own from './proposals.module.css';
import { ReasonDialog } from './reason-dialog.tsx';

const grantWords = ({ level, dimension, holder, delegate, until }: ProposedGrantWire): string => {
  const name = 'role' in holder ? roleName(holder.role) : holder.name;
  return [
    p('proposal.grant', { level, dimension, holder: name }),
    ...(delegate === null ? [] : [p('proposal.delegate', { name: delegate.name })]),
    ...(until === null ? [] : [p('proposal.until', { day: formatDay(until) })]),
  ].join(', ');
};

/** What would change, line by line: nobody confirms what they cannot read. */
const Change = ({ proposal }: { proposal: ProposalWire }) => {
  const lines = [
    ...proposal.added.map((grant) => p('proposal.added', { what: grantWords(grant) })),
    ...proposal.removed.map((grant) => p('proposal.removed', { what: grantWords(grant) })),
    ...rightsLines(proposal.rights),
    ...proofLines(proposal.proof),
    ...rulesLines(proposal.rules),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className={own.changes}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
};

/** The rules that are proposed, and what they change, to be read before anybody confirms. */
const RulesFiles = ({ rules }: { rules: ProposalWire['rules'] }) =>
  rules === null ? null : (
    <p className={own.files}>
      {rules.file === null ? null : (
        <Link href={blobHref(rules.file)} download="">
          {p('proposal.rules-file')}
        </Link>
      )}
      <Link href={blobHref(rules.comparison)} download="">
        {p('proposal.rules-compared')}
      </Link>
    </p>
  );

const Waiting = ({
  proposal,
  onConfirmed,
}: {
  proposal: ProposalWire;
  onConfirmed: (done: ConfirmedWire) => void;
}) => {
  const client = useQueryClient();
  const zone = useTimeZone();
  const [ending, setEnding] = useState(false);
  const confirm = useMutation({
    mutationFn: () => post<ConfirmedWire>(`/api/v1/proposals/${proposal.id}/confirm`),
    onSuccess: async (done) => {
      notify({ text: p('proposal.confirmed') });
      onConfirmed(done);
      await client.invalidateQueries();
    },
  });
  const problem = troubleOf(confirm.error);
  const { confirm: ability, end: mayEnd } = proposal.abilities;
  const mayConfirm = ability.allowed;
  const at = formatInstant(new Date(proposal.at), zone);
  return (
    <li>
      <div className={own.said}>
        <p className={own.what}>{proposalTitle(proposal)}</p>
        <Change proposal={proposal} />
        <RulesFiles rules={proposal.rules} />
        {proposal.reason === null ? null : <p>{p('proposal.reason', { reason: proposal.reason })}</p>}
        <p className={own.who}>{p('proposal.by', { name: proposal.by?.name ?? p('proposal.token'), at })}</p>
        <p className={own.next}>{confirmerWords(proposal.confirmers)}</p>
        {ability.allowed ? null : <p className={own.who}>{ability.reason}</p>}
        {problem === null ? null : <ErrorLine problem={problem} />}
      </div>
      <div className={own.acts}>
        {mayConfirm ? (
          <Button
            size="form"
            busy={confirm.isPending}
            aria-label={p('proposal.confirm-of', { what: proposalTitle(proposal) })}
            onClick={() => confirm.mutate()}
          >
            {p('proposal.confirm')}
          </Button>
        ) : null}
        {mayEnd ? (
          <Button size="form" onClick={() => setEnding(true)}>
            {p(mayConfirm ? 'proposal.refuse' : 'proposal.withdraw')}
          </Button>
        ) : null}
      </div>
      {ending ? (
        <ReasonDialog
          title={p('proposal.end-title')}
          text={proposalTitle(proposal)}
          label={p('proposal.end-reason')}
          submit={p(mayConfirm ? 'proposal.refuse-do' : 'proposal.withdraw-do')}
          cancel={p('proposal.keep')}
          done={p('proposal.ended')}
          most={500}
          path={`/api/v1/proposals/${proposal.id}/end`}
          onClose={() => setEnding(false)}
        />
      ) : null}
    </li>
  );
};

/**
 * What waits for another person, and what one did alone as nobody else could confirm it. Nothing where there is neither.
 * `secret` shows a link that is handed over this once.
 */
export const Proposals = ({
  matters,
  className,
  secret,
}: {
  matters: readonly ProposalMatter[];
  className: string | undefined;
  secret?: (link: string) => ReactNode;
}) => {
  const zone = useTimeZone();
  const { data, error, refetch } = useQuery(proposalsQuery);
  const [done, setDone] = useState<ConfirmedWire>();
  const problem = troubleOf(error);
  const here = (data?.items ?? []).filter(({ matter }) => matters.includes(matter));
  const waiting = here.filter(({ state }) => state === 'waits');
  const alone = here.filter(({ state }) => state === 'alone');
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (waiting.length === 0 && alone.length === 0 && done === undefined) return null;
  return (
    <section className={className} aria-labelledby="proposals">
      <h2 id="proposals" className={own.heading}>
        {p(waiting.length === 0 ? 'proposal.title-alone' : 'proposal.title')}
      </h2>
      {typeof done?.link === 'string' ? secret?.(done.link) : null}
      <ul className={own.items}>
        {waiting.map((proposal) => (
          <Waiting key={proposal.id} proposal={proposal} onConfirmed={setDone} />
        ))}
        {alone.map((proposal) => (
          <li key={proposal.id}>
            <div className={own.said}>
              <p className={own.what}>{proposalTitle(proposal)}</p>
              <Change proposal={proposal} />
              <RulesFiles rules={proposal.rules} />
              {proposal.reason === null ? null : <p>{p('proposal.reason', { reason: proposal.reason })}</p>}
              <p className={own.who}>
                {p('proposal.alone', {
                  name: proposal.by?.name ?? p('proposal.token'),
                  at: formatInstant(new Date(proposal.at), zone),
                })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};
