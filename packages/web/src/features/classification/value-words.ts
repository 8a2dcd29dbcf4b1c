import type { QuestionWire } from '@throughline/domain/wire-classification.ts';
import { type PlainTextKey, t } from '../../text/t.ts';

/** Values that the law's own list has no words for. */
const words: Readonly<Record<string, PlainTextKey>> = {
  none: 'classification.value.none',
  provider_eu_market: 'classification.value.provider-eu-market',
  deployer_in_eu: 'classification.value.deployer-in-eu',
  output_used_in_eu: 'classification.value.output-used-in-eu',
  importer_or_distributor: 'classification.value.importer-or-distributor',
  product_manufacturer: 'classification.value.product-manufacturer',
  authorised_representative: 'classification.value.authorised-representative',
  military_only: 'classification.value.military-only',
  third_country_cooperation: 'classification.value.third-country-cooperation',
  sole_scientific_research: 'classification.value.sole-scientific-research',
  pre_market_research: 'classification.value.pre-market-research',
  personal_use: 'classification.value.personal-use',
  free_open_source: 'classification.value.free-open-source',
  not_yet: 'classification.value.not-yet',
  no_change: 'classification.value.no-change',
};

const groups: Readonly<Record<string, PlainTextKey>> = {
  scope: 'classification.group.scope',
  prohibited: 'classification.group.prohibited',
  annex_i: 'classification.group.annex-i',
  annex_iii: 'classification.group.annex-iii',
  value_chain: 'classification.group.value-chain',
  dates: 'classification.group.dates',
  transparency: 'classification.group.transparency',
  gpai: 'classification.group.gpai',
  deployer: 'classification.group.deployer',
};

/** A value in words: those of the law where it has some, else the page's own, else its id. */
export const valueWords = (question: QuestionWire, value: string): string => {
  const label = question.values.find(({ id }) => id === value)?.label ?? null;
  const key = words[value];
  return label ?? (key === undefined ? value : t(key));
};

/** The law's help names values by their ids; people read their words. */
export const helpWords = (question: QuestionWire): string =>
  question.values
    .filter(({ id }) => id.includes('_'))
    .reduce((help, { id }) => help.replaceAll(id, `“${valueWords(question, id)}”`), question.help ?? '');

export const groupWords = (group: string): string => {
  const key = groups[group];
  return key === undefined ? group : t(key);
};
