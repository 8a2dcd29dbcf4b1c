import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { adoptedControls } from '@throughline/domain/kinds/adopt-controls.ts';
import { control } from '@throughline/domain/kinds/control.ts';
import { decideEdit, emptyContent } from '@throughline/domain/kinds/edit.ts';
import { newId } from '@throughline/server/store/ids.ts';
import type { Planned } from './organisation.ts';
import type { Random } from './random.ts';

/** Ids of what systems share, and the records themselves. */
export type Shared = {
  readonly records: readonly Planned[];
  readonly controls: readonly string[];
  readonly models: readonly string[];
  readonly datasets: readonly string[];
  readonly suppliers: readonly string[];
  readonly documents: readonly string[];
};

/** Controls of Annex A with their lines in the statement, documents, models, data sets and suppliers. */
export function sharedRecords(random: Random, member: string): Shared {
  const records: Planned[] = [];
  const add = (
    kind: string,
    fields: Planned['content']['fields'],
    links: Planned['content']['links'] = {},
  ) => {
    const id = newId();
    records.push({ id, kind, content: { fields, links }, system: null });
    return id;
  };
  const suppliers = Array.from({ length: 400 }, (_, n) =>
    add('supplier', { name: `Supplier ${n + 1}`, owner: member, nextReview: random.day(2026, 2027) }),
  );
  const datasets = Array.from({ length: 1_500 }, (_, n) =>
    add('dataset', { name: `Data set ${n + 1}`, owner: member }, { suppliedBy: [random.pick(suppliers)] }),
  );
  const models = Array.from({ length: 800 }, (_, n) =>
    add(
      'model',
      { name: `Model ${n + 1}`, owner: member, version: `${1 + random.below(9)}.0` },
      { suppliedBy: [random.pick(suppliers)] },
    ),
  );
  const controls = adoptedControls(loadCatalogue()).map((patch) => {
    const { fields } = decideEdit(control, emptyContent, patch, new Map()).next;
    return add('control', { ...fields, owner: member });
  });
  for (const id of controls)
    add(
      'applicability',
      { name: 'Line of the statement', decision: 'applicable', owner: member },
      { control: [id] },
    );
  const documents = Array.from({ length: 60 }, (_, n) =>
    add('document', {
      name: `Procedure ${n + 1}`,
      type: 'procedure',
      owner: member,
      nextReview: random.day(2026, 2027),
    }),
  );
  return { records, controls, models, datasets, suppliers, documents };
}
