import type { ProposalWire } from '@throughline/domain/wire-proposals.ts';
import { formatDay } from '../../text/dates.ts';
import { p } from './proposal-text.ts';

/** What a proposal would do, in a sentence. */
export const proposalTitle = ({
  matter,
  about,
  lastDay,
}: Pick<ProposalWire, 'matter' | 'about' | 'lastDay'>): string =>
  p(`proposal.${matter}`, {
    name: about?.name ?? '',
    day: lastDay === null ? '' : formatDay(lastDay),
  });
