import { dayIn } from '@throughline/domain/day.ts';
import { dutyWords } from '@throughline/domain/duties.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { type Look, looksOf } from '@throughline/domain/independence.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { identitiesOf } from '../store/identities.ts';
import { partsOf } from '../store/involvement.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import { refsById } from '../store/records.ts';
import { recusalsOf } from '../store/recusals.ts';
import type { Write } from '../store/write.ts';

type Judging = {
  readonly id: string | null;
  readonly kind: string;
  readonly system: string | null;
  readonly content: Content;
};

/**
 * Refuses auditors, walkers and testers who had a part in what they judge, under whatever account, or who stood back
 * from it (9.2.2). Nobody waives this. Throws `unprocessable` with an item for each, naming what they had a part in.
 */
export async function ensureIndependent(
  write: Write,
  kind: Kind,
  record: Judging,
  state: string,
): Promise<void> {
  const problems = await dependences(write, kind, record, state, write.ctx.at);
  if (problems.length > 0) throw unprocessable(problems);
}

/** Each auditor, walker or tester of a record who had a part in what it judges, with what that was. */
export async function dependences(
  reader: Reader,
  kind: Kind,
  record: Judging,
  state: string,
  now: Date,
): Promise<ErrorItem[]> {
  if (kind.name !== 'audit' && kind.name !== 'walk' && kind.name !== 'control-test') return [];
  const { timeZone } = await organisationSettings(reader);
  const looks = looksOf(record, state, dayIn(now, timeZone), reader.registry.kinds);
  const problems: ErrorItem[] = [];
  for (const look of looks) {
    const stoodBack = await recusedFrom(reader, record, look);
    for (const { member, at } of look.judges) {
      const ids = await identitiesOf(reader, member);
      if (ids.some((id) => stoodBack.has(id))) {
        problems.push({ at, message: 'This person stood back from what is judged, so another one does it.' });
        continue;
      }
      const parts = await partsOf(reader, ids, look);
      const refs = await refsById(
        reader,
        [...new Set(parts.map((part) => part.record))].slice(0, namedAtMost),
      );
      const said = parts.flatMap(({ how, record: id }) => {
        const row = refs.get(id);
        return row ? [`${how} ${reader.registry.get(row.kind).prefix}-${row.number}`] : [];
      });
      if (parts.length > 0) problems.push({ at, message: `${words[look.duty]} ${said.join(', ')}.` });
    }
  }
  return problems;
}

const namedAtMost = 3;

const words: Readonly<Record<Look['duty'], string>> = {
  auditor: `${dutyWords.auditor.replace('You had', 'This person had')} In the period they`,
  tester: `${dutyWords.tester.replace('You answer', 'This person answers')} In the period they`,
};

async function recusedFrom(reader: Reader, record: Judging, { over }: Look): Promise<ReadonlySet<string>> {
  const judged = 'systems' in over ? over.systems : 'records' in over ? over.records : [];
  const recusals = await recusalsOf(reader, [record.id, record.system, ...judged]);
  return new Set(recusals.map((one) => one.member));
}
