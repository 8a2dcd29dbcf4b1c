import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { WalkRecordWire } from '@throughline/domain/wire-pages.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, lockFor } from '../../records/load.ts';
import { transitionInside } from '../../records/transition-record.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import type { Write } from '../../store/write.ts';

/**
 * Keeps what a person saw on a walk: stations with the verdict shown and whether it convinced, and the time. It does
 * not conclude: that is a step of its own, by somebody whose independence is stated (9.2.2).
 */
export async function keepWalk(
  services: Services,
  ctx: Context,
  ref: string,
  walked: WalkRecordWire,
): Promise<StoredRecord> {
  const walk = services.registry.get('walk');
  const actor = ctx.actor;
  if (actor.type !== 'person')
    throw new DomainError('forbidden', 'Only a person walks a line; a token cannot.');
  ensureMay(actor, walk, 'edit');
  return services.store.change(ctx, async (write) => {
    const record = await lockFor(write, walk, ref, 'edit');
    const { timeZone } = await organisationSettings(write);
    const fields = walkFields(walked, ctx.at);
    const change = await editInside(write, walk, record, {
      fields: { ...fields, walker: actor.member, walkedOn: dayIn(ctx.at, timeZone) },
    });
    // What was walked is no longer merely drawn; concluding stays a step of its own.
    const kept = record.state === 'drawn' ? await beginWalk(services, write, record.id) : change.record;
    write.log({
      act: 'walk.recorded',
      walk: record.id,
      seed: String(record.content.fields.seed ?? ''),
      population: Number(record.content.fields.populationSize ?? 0),
      digest: kept.digest.toString('hex'),
    });
    return kept;
  });
}

async function beginWalk(services: Services, write: Write, id: string): Promise<StoredRecord> {
  await write.spill();
  const record = (await write.lock([id])).get(id);
  if (!record) throw new Error(`The walk ${id} was locked and is not there`);
  return transitionInside(services, write, write.registry.get('walk'), record, 'start');
}

function walkFields(walked: WalkRecordWire, endedAt: Date): Record<string, Json> {
  const wall = walked.seconds + walked.pauses.reduce((sum, pause) => sum + pause.seconds, 0);
  return {
    endedAt: endedAt.toISOString(),
    startedAt: new Date(endedAt.getTime() - wall * 1000).toISOString(),
    seconds: walked.seconds,
    stations: walked.stations.map(stationRow),
    gaps: walked.stations.filter((station) => station.seen === 'gap').length,
    ...(walked.note.trim() === '' ? {} : { conclusion: walked.note }),
  };
}

function stationRow(station: WalkRecordWire['stations'][number]): Json {
  return {
    station: station.station,
    verdict: station.known,
    ...(station.seen === 'not-looked-at' ? {} : { convincing: station.seen === 'seen' ? 'yes' : 'no' }),
    ...(station.note.trim() === '' ? {} : { note: station.note.slice(0, 400) }),
  };
}
