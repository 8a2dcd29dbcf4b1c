import { type Side, sidesOpen } from '@throughline/domain/impact/sides.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { CellField, Option } from '@throughline/domain/kinds/fields.ts';
import type { ImpactScaleWire } from '@throughline/domain/wire-impact.ts';
import { useId } from 'react';
import { CellInput } from '../../kinds/cell-input.tsx';
import { Button } from '../../ui/button.tsx';
import { PlusIcon } from '../../ui/icons.ts';
import { dimensionOf } from './clash-state.ts';
import { ClashAt, type ClashProps } from './clashes.tsx';
import css from './impact.module.css';
import { numberOf, type Row, textIn } from './impact-state.ts';
import { uncut } from './part-fields.tsx';
import { w } from './words.ts';

export type DimensionProps = {
  dimension: Option;
  societal: boolean;
  rows: readonly Row[];
  columns: Readonly<Record<string, CellField>>;
  scales: readonly ImpactScaleWire[];
  error: string | undefined;
  editable: boolean;
  clash: ClashProps;
  onAdd: (row: Row) => void;
  onRemove: (number: number) => void;
  onCell: (number: number, cell: string, value: Json) => void;
};

/** One of a few steps as rows, each with what it means in the organisation's words. Arrow keys choose. */
const Steps = ({
  label,
  steps,
  value,
  editable,
  onChange,
}: {
  label: string;
  steps: readonly { id: string; label: string; meaning?: string | null }[];
  value: string;
  editable: boolean;
  onChange: (id: string) => void;
}) => {
  const name = useId();
  // A step that the method no longer has stays in sight where it was chosen.
  const shown =
    value === '' || steps.some(({ id }) => id === value) ? steps : [...steps, { id: value, label: value }];
  return (
    <fieldset className={css.steps}>
      <legend>{label}</legend>
      <div className={css.stepRow} data-told={shown.some(({ meaning }) => meaning) || undefined}>
        {shown.map((step) => (
          <label key={step.id} className={css.step} data-on={step.id === value || undefined}>
            <input
              type="radio"
              name={name}
              checked={step.id === value}
              disabled={!editable}
              onChange={() => onChange(step.id)}
            />
            <span>
              {step.label}
              {step.meaning ? <small className={css.meaning}>{step.meaning}</small> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

const optionsOf = (column: CellField | undefined): readonly Option[] =>
  column?.type === 'choice' ? column.options : [];

/** Cells asked of an effect, by whether it is good, bad, or none; in the order in which they are thought through. */
const asked = (polarity: string): readonly string[] => {
  if (['none', 'no-harm', 'no-benefit'].includes(polarity)) return ['reason'];
  if (polarity === 'beneficial') return ['effect', 'severity', 'likelihood', 'reach', 'basis'];
  if (polarity !== 'harmful') return [];
  return [
    'effect',
    'severity',
    'likelihood',
    'reversibility',
    'reach',
    'basis',
    'measures',
    'remaining',
    'answer',
  ];
};

type Choices = readonly { id: string; label: string; meaning?: string | null }[];

/** The steps of a cell in the method's words, or its options; nothing for a cell that is written. */
const choicesOf = (cell: string, { columns, scales, societal }: DimensionProps): Choices | undefined => {
  const scale = scales.find(({ id }) => id === (cell === 'remaining' ? 'severity' : cell));
  if (scale !== undefined) return scale.steps;
  if (columns[cell]?.type !== 'choice') return undefined;
  const options = optionsOf(columns[cell]);
  return cell === 'level' && !societal ? options.filter(({ id }) => id !== 'society') : options;
};

type EffectProps = { row: Row; props: DimensionProps; at: number };

const EffectCell = ({ cell, row, props, at }: EffectProps & { cell: string }) => {
  const { columns, editable, onCell } = props;
  const column = columns[cell];
  const choices = choicesOf(cell, props);
  const set = (value: Json): void => onCell(numberOf(row), cell, value);
  if (column === undefined) return null;
  if (choices !== undefined)
    return (
      <Steps
        label={column.label}
        steps={choices}
        value={textIn(row, cell)}
        editable={editable}
        onChange={set}
      />
    );
  return (
    <CellInput
      id={`impact-effect-${at}-${cell}`}
      field={uncut(column.type === 'line' ? { ...column, type: 'text' } : column)}
      label={column.label}
      help={column.help}
      value={row[cell] ?? null}
      onChange={set}
    />
  );
};

const Effect = ({ row, props, at }: EffectProps) => {
  const { societal, editable, clash, onRemove } = props;
  const number = numberOf(row);
  const shown = [
    'polarity',
    ...(societal ? [] : ['level']),
    ...asked(textIn(row, 'polarity')),
    ...(textIn(row, 'answer') === 'no-risk' ? ['reason'] : []),
  ];
  // A cell that is not asked here any more stays in sight while one of two texts has to be chosen.
  const open = clash.clashes.flatMap(({ at: place }) => {
    const cell = place.startsWith(`effects.${number}.`) ? place.split('.')[2] : undefined;
    return cell === undefined || shown.includes(cell) ? [] : [cell];
  });
  return (
    <section
      className={css.effect}
      aria-label={number > 0 ? w('impact.effect', { n: number }) : w('impact.effect-new')}
    >
      <div className={css.effectHead}>
        <h3>{number > 0 ? w('impact.effect', { n: number }) : w('impact.effect-new')}</h3>
        {editable ? (
          <Button look="ghost" onClick={() => onRemove(number)}>
            {w('impact.remove')}
          </Button>
        ) : null}
      </div>
      {[...shown, ...open].map((cell) => (
        <div key={cell}>
          <EffectCell cell={cell} row={row} props={props} at={at} />
          <ClashAt at={`effects.${number}.${cell}`} props={clash} />
        </div>
      ))}
    </section>
  );
};

const openWords: Readonly<Record<Side, 'impact.open-harm' | 'impact.open-benefit'>> = {
  harm: 'impact.open-harm',
  benefit: 'impact.open-benefit',
};

/** What can still be said of a dimension: harm and benefit are two questions, each with a "none, because …". */
const Answers = ({ rows, onBegin }: { rows: readonly Row[]; onBegin: (polarity: string) => void }) => {
  const open = sidesOpen(rows);
  const begin = (polarity: string) => () => onBegin(polarity);
  return (
    <>
      {rows.length === 0
        ? null
        : open.map((side) => (
            <p key={side} className={css.stillAsked}>
              {w(openWords[side])}
            </p>
          ))}
      <div className={css.tools}>
        <Button size="form" icon={<PlusIcon size={14} />} onClick={begin('harmful')}>
          {w('impact.add-harm')}
        </Button>
        <Button size="form" icon={<PlusIcon size={14} />} onClick={begin('beneficial')}>
          {w('impact.add-benefit')}
        </Button>
        {rows.length === 0 ? (
          <Button size="form" look="ghost" onClick={begin('none')}>
            {w('impact.add-none')}
          </Button>
        ) : null}
        {rows.length > 0 && open.includes('harm') ? (
          <Button size="form" look="ghost" onClick={begin('no-harm')}>
            {w('impact.add-no-harm')}
          </Button>
        ) : null}
        {rows.length > 0 && open.includes('benefit') ? (
          <Button size="form" look="ghost" onClick={begin('no-benefit')}>
            {w('impact.add-no-benefit')}
          </Button>
        ) : null}
      </div>
    </>
  );
};

/** One dimension: its question, what is judged of it, and what could still be said. */
export const Dimension = (props: DimensionProps) => {
  const { dimension, societal, rows, error, editable, clash, onAdd } = props;
  // An effect that one of two took away and the other wrote into: it stands as a choice alone.
  const whole = clash.clashes.filter(
    (one) => one.at.split('.').length === 2 && dimensionOf(one, rows) === dimension.id,
  );
  const begin = (polarity: string): void =>
    onAdd({ dimension: dimension.id, polarity, level: societal ? 'society' : 'individuals' });
  // By place: a new row keeps its place, and so the cursor, when it gets its number.
  const placed = rows.map((row, at) => ({ row, at, key: `row ${at}` }));
  return (
    <div className={css.fields}>
      <p className={css.question}>{dimension.help}</p>
      {rows.length === 0 ? <p className={css.quiet}>{w('impact.not-judged')}</p> : null}
      {placed.map(({ row, at, key }) => (
        <Effect key={key} at={at} row={row} props={props} />
      ))}
      {whole.map((one) => (
        <ClashAt key={one.at} at={one.at} props={clash} />
      ))}
      {error === undefined ? null : (
        <p role="alert" className={css.error}>
          {error}
        </p>
      )}
      {editable ? <Answers rows={rows} onBegin={begin} /> : null}
    </div>
  );
};
