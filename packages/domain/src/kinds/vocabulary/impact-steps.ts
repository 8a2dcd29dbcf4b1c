/** What each step of the scales means where a method says nothing else: words to start from, the organisation's go first. */
import type { ImpactScale } from './impact.ts';

export const stepMeanings: Readonly<Record<ImpactScale, Readonly<Record<string, string>>>> = {
  severity: {
    negligible: 'Noticed, if at all, and gone by itself.',
    minor: 'A nuisance: time or effort lost, nothing else.',
    moderate: 'Felt for days or weeks; needs help or money to put right.',
    serious: 'Health, income, standing or a right is damaged, and it takes months to recover.',
    severe: 'A life, a livelihood or a right is lost or changed for good.',
  },
  likelihood: {
    rare: 'No case is known here or elsewhere, but it could happen.',
    unlikely: 'Known from elsewhere; not expected here within a year.',
    possible: 'Could happen here within a year.',
    likely: 'Expected several times a year.',
    'almost-certain': 'Happens as a matter of course, every month or more often.',
  },
  reversibility: {
    reversible: 'Whoever was touched stands as before, soon and at no cost of their own.',
    'partly-reversible': 'Most of it can be made good; some loss, cost or worry stays.',
    irreversible: 'Nothing brings back what was lost.',
  },
  reach: {
    'one-person': 'One person at a time, each case by itself.',
    group: 'People who share a trait, a place or a situation.',
    'many-groups': 'Several groups at once, or most of those the use touches.',
    society: 'People beyond those the use touches, or what all share.',
  },
};
