import { createHash } from 'node:crypto';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import { drawSample, populationText } from '@throughline/domain/sampling.ts';
import { isReason } from '@throughline/domain/text.ts';
import { rowsOf, textOf } from '@throughline/domain/trace/read.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, ensureVersion, loadReadable, lockFor } from '../../records/load.ts';
import { readPresentQuery } from '../../records/read-list-query.ts';
import { resolveQuery } from '../../records/resolve-refs.ts';
import type { Services } from '../../services.ts';
import { addBlob, blobBytes } from '../../store/blobs.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { listIds } from '../../store/list.ts';
import { newestLeaf } from '../../store/log.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Asker } from '../../store/reading.ts';
import { refsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import type { LockedRecord, Write } from '../../store/write.ts';

export type SampleInput = {
  readonly ref: string;
  readonly version: number;
  /** The lines of a list, or the implementations of the control that are in place. */
  readonly population: 'in-place' | readonly string[];
  readonly size: number;
  readonly seed: string | null;
  /** Why it is drawn again; asked for where a sample was drawn before. */
  readonly reason: string | null;
};

const mostInPlace = 10_000;

/**
 * Draws the sample of a control test and keeps what repeats the draw: the population as a file with its size, day and
 * digest, and the seed. Without a seed of the caller's it is the newest entry of the log, which nobody chose (9.1).
 */
export async function drawTestSample(
  services: Services,
  ctx: Context,
  input: SampleInput,
): Promise<StoredRecord> {
  const kind = services.registry.get('control-test');
  ensureMay(ctx.actor, kind, 'edit');
  return services.store.change(ctx, async (write) => {
    const test = await lockFor(write, kind, input.ref, 'edit');
    ensureVersion(test, input.version);
    if (!['planned', 'under-way'].includes(test.state))
      throw new DomainError('conflict', 'A test that is concluded or cancelled is opened again first.');
    const items = await populationOf(services, write, test, input.population);
    const size = items.length;
    if (size === 0) throw new DomainError('conflict', 'Nothing can be drawn: the population is empty.');
    if (input.size > size)
      throw unprocessable([
        { at: 'size', message: `The population has ${size} items, fewer than asked for.` },
      ]);
    const leaf = await newestLeaf(write);
    const seed = input.seed ?? sha256(`${leaf.index} ${leaf.hash} ${test.id}`).toString('hex').slice(0, 32);
    const bytes = Buffer.from(populationText(items), 'utf8');
    const digest = createHash('sha256').update(bytes).digest();
    const file = {
      ...{ id: newId(ctx.at.getTime()), name: `population-of-${kind.prefix}-${test.number}.txt` },
      ...{ media: 'text/plain', size: bytes.length, digest },
    };
    await addBlob(write, { ...file, bytes });
    const { timeZone } = await organisationSettings(write);
    const { record } = await editInside(write, kind, test, {
      fields: {
        seed,
        populationFile: file.id,
        populationDigest: digest.toString('hex'),
        populationOn: dayIn(ctx.at, timeZone),
        populationSize: size,
        sampleItems: drawSample(seed, size, input.size, sha256).map((at) => ({ item: items[at] ?? '' })),
        ...redraws(test, input.reason, ctx.at),
      },
    });
    return record;
  });
}

/** The draws before this one, with the one that it takes the place of. */
function redraws({ content }: LockedRecord, reason: string | null, at: Date): Record<string, Json> {
  const before = textOf(content, 'seed');
  if (before === null) return {};
  if (reason === null || !isReason(reason))
    throw unprocessable([
      { at: 'reason', message: 'A sample was drawn already. Say why it is drawn again.' },
    ]);
  const known = rowsOf(content, 'redraws');
  return { redraws: [...known, { seed: before, reason, at: at.toISOString() }] };
}

async function populationOf(
  services: Services,
  write: Write,
  test: LockedRecord,
  asked: SampleInput['population'],
): Promise<string[]> {
  if (asked !== 'in-place') return linesOf(asked);
  const { actor } = write.ctx;
  const [control] = test.content.links.control ?? [];
  const asking = readPresentQuery(
    services.registry.get('implementation'),
    { state: 'in-place', control: control ?? '' },
    actor,
  );
  const query = await resolveQuery(write, asking, actor);
  const ids = (await listIds(write, query, mostInPlace)).sort();
  const refs = await refsById(write, ids);
  const { prefix } = services.registry.get('implementation');
  return ids.flatMap((id) => {
    const found = refs.get(id);
    return found ? [`${prefix}-${found.number} ${found.title}`.slice(0, 200)] : [];
  });
}

/** The lines that say something, each once: an item that stands twice would be drawn twice as often. */
function linesOf(lines: readonly string[]): string[] {
  const items = lines.map((one) => one.normalize('NFC').trim()).filter((one) => one !== '');
  const known = new Set<string>();
  for (const [at, item] of items.entries()) {
    if (known.has(item))
      throw unprocessable([{ at: `population.${at}`, message: 'This item stands in the list twice.' }]);
    known.add(item);
  }
  return items;
}

/** `repeated`: drawing once more from the list that was kept gives the same items. */
export type SampleCheck = {
  readonly drawn: boolean;
  readonly repeated: 'same' | 'differs' | 'list-gone' | null;
};

/** Draws again from the kept list with the kept seed, and says whether the items are those on record. Changes nothing. */
export async function checkTestSample(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<SampleCheck> {
  const kind = services.registry.get('control-test');
  ensureMay(asked.actor, kind, 'read');
  return services.store.read(asked, async (reader) => {
    const { content } = await loadReadable(reader, asked.actor, kind, asked.ref);
    const [seed, file] = [textOf(content, 'seed'), textOf(content, 'populationFile')];
    if (seed === null) return { drawn: false, repeated: null };
    const bytes = file === null ? null : await blobBytes(reader, file);
    if (!bytes) return { drawn: true, repeated: 'list-gone' };
    return { drawn: true, repeated: repeats(content, seed, bytes) ? 'same' : 'differs' };
  });
}

function repeats(content: StoredRecord['content'], seed: string, bytes: Buffer): boolean {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const items = bytes.toString('utf8').split('\n');
  const kept = rowsOf(content, 'sampleItems').map(({ item }) => item);
  if (digest !== textOf(content, 'populationDigest') || kept.length === 0 || kept.length > items.length)
    return false;
  return drawSample(seed, items.length, kept.length, sha256).every((at, drawn) => items[at] === kept[drawn]);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
