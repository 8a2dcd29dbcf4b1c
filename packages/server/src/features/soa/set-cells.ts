import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import { best, open } from '@throughline/domain/soa/placing.ts';
import { type CellFields, type CellTarget, cellStep } from '@throughline/domain/soa/set-cells.ts';
import type { SoaRow } from '@throughline/domain/soa/types.ts';
import { Clock } from '@throughline/domain/trace/clock.ts';
import type { CellsSetWire } from '@throughline/domain/wire-soa.ts';
import { createInside } from '../../records/create-record.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, ensureRight } from '../../records/load.ts';
import { transitionInside } from '../../records/transition-record.ts';
import { undoSpan } from '../../records/undo-change.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { factsOf } from '../../store/records.ts';
import type { LockedRecord, Write } from '../../store/write.ts';
import { SoaCache } from './kept-facts.ts';
import { withFacts } from './read-matrix.ts';
import type { FactsSource } from './read-statement.ts';

/** Cells that are set at once: one change, which nobody waits for longer than for a page. */
export const cellsAtOnce = 400;

/** A control by ref or id, or as the statement calls it (`A.6.2.4`), and a system by ref or id. */
type AskedCell = { readonly control: string; readonly system: string };

export type CellsAsked = {
  readonly cells: readonly AskedCell[];
  readonly state: CellTarget;
  readonly fields: CellFields;
};

/** A cell with all that was read of it before anything is written. */
type Cell = {
  readonly row: SoaRow;
  readonly system: { readonly id: string; readonly ref: string; readonly title: string };
  /** Ids of the system's own implementations that are not ended. */
  readonly own: readonly string[];
  readonly before: string | null;
};

/**
 * Sets many cells of the matrix in one change: each gets an implementation of its system's own, or the one that stands
 * there is changed, with its entry in the log like any other; what refuses is named with its reason and leaves the others
 * alone. `undo` of the answer takes all of it back. Throws `unprocessable` for a control or system that is not there.
 */
export async function setCells(
  services: Services,
  source: FactsSource,
  ctx: Context,
  asked: CellsAsked,
  { dryRun }: { readonly dryRun: boolean },
): Promise<CellsSetWire> {
  const kind = services.registry.get('implementation');
  // Whether it may be made or moved too is asked of each cell.
  ensureMay(ctx.actor, kind, 'edit');
  const cells = await readCells(services, source, ctx, asked);
  return services.store.change(
    ctx,
    async (write) => {
      const locked = await write.lock([...new Set(cells.flatMap(({ own }) => own))]);
      const found: Gathering = { cells: [], refused: [], undo: [] };
      for (const cell of cells) await setCell(services, write, { cell, locked, asked, found });
      // What a request that is sent again is answered from: ids and versions, no content.
      if (ctx.once) write.made(found.undo.map(({ record, from, to }) => `${record}:${from}:${to}`).join(' '));
      return outcomeOf(found);
    },
    { dryRun },
  );
}

async function readCells(
  services: Services,
  source: FactsSource,
  { organisation, actor }: Context,
  { cells }: CellsAsked,
): Promise<Cell[]> {
  for (const name of ['applicability', 'control', 'system'])
    ensureMay(actor, services.registry.get(name), 'read');
  return withFacts(services, source, { organisation, actor }, async (reader, { facts, inputs }) => {
    const { statement, groups } = await SoaCache.of(services.store).derived(reader, facts, inputs);
    const rows = new Map(
      statement.rows.flatMap((row) => [
        [row.id, row] as const,
        ...(row.control ? [[row.control.ref, row] as const, [row.control.id, row] as const] : []),
      ]),
    );
    const systems = new Map(
      [...facts.systems.values()].flatMap((system) => [
        [system.ref, system] as const,
        [system.id, system] as const,
      ]),
    );
    const problems = cells.flatMap(({ control, system }, at) => [
      ...(rows.has(control)
        ? []
        : [{ at: `cells.${at}.control`, message: `There is no control ${control}.` }]),
      ...(systems.has(system)
        ? []
        : [{ at: `cells.${at}.system`, message: `There is no system ${system}.` }]),
    ]);
    const isSame = (one: AskedCell, other: AskedCell): boolean =>
      rows.get(one.control) === rows.get(other.control) &&
      systems.get(one.system) === systems.get(other.system);
    const twice = cells.findIndex((cell, at) => cells.findIndex((one) => isSame(one, cell)) < at);
    if (twice >= 0) problems.push({ at: `cells.${twice}`, message: 'This cell is named twice.' });
    if (problems.length > 0) throw unprocessable(problems.slice(0, 20));
    return cells.flatMap(({ control, system }) => {
      const [row, registered] = [rows.get(control), systems.get(system)];
      if (!row || !registered) return [];
      const own = (groups.get(row.control?.id ?? '')?.implementations ?? []).filter(
        (record) => open(record) && record.system === registered.id,
      );
      return [
        {
          row,
          system: registered,
          own: own.map(({ id }) => id),
          before: best(own, new Clock(facts.today)),
        },
      ];
    });
  });
}

type Gathering = {
  cells: CellsSetWire['cells'][number][];
  refused: CellsSetWire['refused'][number][];
  undo: CellsSetWire['undo'][number][];
};

type Setting = {
  readonly cell: Cell;
  readonly locked: ReadonlyMap<string, LockedRecord>;
  readonly asked: CellsAsked;
  readonly found: Gathering;
};

async function setCell(
  services: Services,
  write: Write,
  { cell, locked, asked, found }: Setting,
): Promise<void> {
  const { row, system, before } = cell;
  const named = { control: row.id, system: system.ref };
  const refuse = (reason: string) => found.refused.push({ ...named, reason });
  const { prefix } = services.registry.get('implementation');
  const own = cell.own.flatMap((id) => locked.get(id) ?? []);
  const step = cellStep(
    row,
    own.map(({ number, state, content }) => ({ ref: `${prefix}-${number}`, state, content })),
    asked,
  );
  if ('refused' in step) {
    refuse(step.refused);
    return;
  }
  const [record] = own;
  // A new record has its ref once the change is done.
  const known = record ? `${prefix}-${record.number}` : null;
  if (step.does === 'nothing') {
    found.cells.push({ ...named, does: 'nothing', record: known, before, after: before });
    return;
  }
  const written = { done: false };
  try {
    const after =
      step.does === 'make' || !record
        ? await make(services, write, cell, asked)
        : await change(services, write, { record, step: step.step, asked, written });
    const from = step.does === 'make' ? 0 : (record?.version ?? 0);
    found.undo.push({ record: after.id, from, to: after.version });
    found.cells.push({ ...named, does: step.does, record: known, before, after: asked.state });
  } catch (error) {
    // Half a cell is none: what was written of it is given up with all the others.
    if (!(error instanceof DomainError) || written.done) throw error;
    refuse(error.message);
  }
}

const make = ({ registry }: Services, write: Write, { row, system }: Cell, { state, fields }: CellsAsked) =>
  createInside(write, registry.get('implementation'), {
    patch: {
      fields: { name: `${row.id} on ${system.ref} ${system.title}`.slice(0, 200), ...fields },
      links: { control: { set: [row.control?.id ?? ''] }, system: { set: [system.id] } },
    },
    ...(state === 'planned' ? {} : { state }),
  });

type Changing = {
  readonly record: LockedRecord;
  readonly step: string | null;
  readonly asked: CellsAsked;
  readonly written: { done: boolean };
};

async function change(
  services: Services,
  write: Write,
  { record, step, asked, written }: Changing,
): Promise<LockedRecord> {
  const kind = services.registry.get('implementation');
  const facts = await factsOf(write, record);
  for (const act of step === null ? (['edit'] as const) : (['edit', 'transition'] as const))
    ensureRight(write, kind, act, { id: record.id, facts });
  const edited = await editInside(write, kind, record, { fields: asked.fields });
  written.done = edited.changed.length > 0;
  return step === null ? edited.record : transitionInside(services, write, kind, edited.record, step);
}

const outcomeOf = ({ cells, refused, undo }: Gathering): CellsSetWire => {
  const number = (of: string) => cells.filter(({ does }) => does === of).length;
  return {
    made: number('make'),
    changed: number('change'),
    unchanged: number('nothing'),
    cells,
    refused,
    undo,
  };
};

/** The answer to a request that was carried out before: what it wrote, by the records alone. */
export function setBefore(subject: string | null): CellsSetWire {
  const undo = (subject ?? '')
    .split(' ')
    .filter(Boolean)
    .map((text) => {
      const [record = '', from, to] = text.split(':');
      return { record, from: Number(from), to: Number(to) };
    });
  const made = undo.filter(({ from }) => from === 0).length;
  return { made, changed: undo.length - made, unchanged: 0, cells: [], refused: [], undo };
}

/**
 * Takes back what setting cells wrote, all of it in one change or nothing: a record that was built upon since keeps the
 * others from being taken back, and is named.
 */
export async function unsetCells(
  services: Services,
  ctx: Context,
  spans: CellsSetWire['undo'],
): Promise<{ restored: number }> {
  const kind = services.registry.get('implementation');
  ensureMay(ctx.actor, kind, 'edit');
  return services.store.change(ctx, async (write) => {
    for (const { record, from, to } of spans)
      await undoSpan(services, write, kind, { ref: record, from, to });
    return { restored: spans.length };
  });
}
