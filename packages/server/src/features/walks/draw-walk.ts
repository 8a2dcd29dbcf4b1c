import { createHash } from 'node:crypto';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import { foldText } from '@throughline/domain/kinds/slots.ts';
import { drawPosition, populationText } from '@throughline/domain/sampling.ts';
import { createInside } from '../../records/create-record.ts';
import { ensureMay } from '../../records/load.ts';
import { readPresentQuery } from '../../records/read-list-query.ts';
import { resolveQuery } from '../../records/resolve-refs.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { listIds } from '../../store/list.ts';
import { newestLeaf } from '../../store/log.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import { findAnyRecord, type RefRow, refsById } from '../../store/records.ts';
import { systemsByTitle } from '../../store/systems.ts';
import type { Write } from '../../store/write.ts';

/** A draw from the register under a filter, or from a list that somebody outside the AIMS keeps. */
export type DrawInput =
  | { readonly from: 'register'; readonly filter: string; readonly seed: string | null }
  | {
      readonly from: 'outside';
      readonly population: string;
      readonly note: string | null;
      readonly rows: readonly string[];
      readonly seed: string | null;
    };

export type Draw = {
  readonly walk: RefRow;
  /** `null` when the item drawn outside is not in the register: a finding before anything else is looked at. */
  readonly system: RefRow | null;
  readonly seed: string;
  readonly population: number;
  readonly row: string | null;
};

type Population = {
  readonly items: readonly string[];
  readonly system: (position: number) => Promise<RefRow | null>;
  readonly row: (position: number) => string | null;
};

const mostRows = 100_000;

/**
 * Draws one system and keeps the draw: population with size and digest, seed, what was drawn, by whom. Without a seed
 * of the caller's the seed is the newest entry of the log, which nobody chose. Every draw is kept, redraws too.
 */
export async function drawWalk(services: Services, ctx: Context, input: DrawInput): Promise<Draw> {
  const walk = services.registry.get('walk');
  ensureMay(ctx.actor, walk, 'create');
  const { record, ...draw } = await services.store.change(ctx, async (write) => {
    const population = await populationOf(services, write, input);
    const size = population.items.length;
    if (size === 0) throw new DomainError('conflict', 'Nothing can be drawn: no row matches.');
    const leaf = await newestLeaf(write);
    const seed = input.seed ?? sha256(`${leaf.index} ${leaf.hash}`).toString('hex').slice(0, 32);
    const position = drawPosition(seed, size, sha256);
    const [system, row] = [await population.system(position), population.row(position)];
    const digest = sha256(populationText(population.items)).toString('hex');
    const { timeZone } = await organisationSettings(write);
    const record = await createInside(write, walk, {
      patch: {
        fields: {
          ...populationFields(input),
          name: `Walk of ${system?.title ?? row ?? 'an item outside the register'}`.slice(0, 200),
          populationOn: dayIn(ctx.at, timeZone),
          populationSize: size,
          populationDigest: digest,
          method: 'random',
          seed,
          checkpoint: `${leaf.index + 1} ${leaf.hash}`.trim(),
          drawnItem: (row ?? (system ? `SYS-${system.number}` : '')).slice(0, 200),
          drawnAt: ctx.at.toISOString(),
          ...(ctx.actor.type === 'person' ? { drawnBy: ctx.actor.member } : {}),
        },
        links: system ? { system: { set: [system.id] } } : {},
      },
    });
    write.log({ act: 'walk.drawn', walk: record.id, seed, population: size, digest });
    return { record, system, seed, population: size, row };
  });
  // Its number was taken as the change ended.
  const refs = await services.store.read(ctx, (reader) => refsById(reader, [record.id]));
  const kept = refs.get(record.id);
  if (!kept) throw new Error(`The walk ${record.id} was written and is not there`);
  return { ...draw, walk: kept };
}

function populationFields(input: DrawInput): Record<string, string | null> {
  return input.from === 'register'
    ? { population: 'register', populationNote: input.filter || null }
    : { population: input.population, populationNote: input.note };
}

async function populationOf(services: Services, write: Write, input: DrawInput): Promise<Population> {
  if (input.from === 'outside') return outside(write, input.rows);
  const filter = Object.fromEntries(new URLSearchParams(input.filter));
  const { actor } = write.ctx;
  const asked = readPresentQuery(services.registry.get('system'), filter, actor);
  const query = await resolveQuery(write, asked, actor);
  const ids = await listIds(write, query, mostRows);
  const system = async (position: number) => {
    const id = ids[position] ?? '';
    return (await refsById(write, [id])).get(id) ?? null;
  };
  return { items: ids, system, row: () => null };
}

function outside(write: Write, rows: readonly string[]): Population {
  const items = rows.map((row) => row.normalize('NFC').trim()).filter((row) => row !== '');
  if (items.length > mostRows)
    throw unprocessable([{ at: 'rows', message: `${mostRows} rows is the most.` }]);
  return {
    items,
    system: (position) => inRegister(write, items[position] ?? ''),
    row: (position) => items[position] ?? null,
  };
}

/** A row of an outside list is in the register when it is a ref, or exactly the name of one system. */
async function inRegister(reader: Reader, row: string): Promise<RefRow | null> {
  const named = await findAnyRecord(reader, row);
  if (named?.kind === 'system' && !named.archivedAt)
    return (await refsById(reader, [named.id])).get(named.id) ?? null;
  const alike = await systemsByTitle(reader, foldText(row));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
