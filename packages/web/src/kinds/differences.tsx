import type { KindWire, RefWire } from '@throughline/domain/wire.ts';
import type { ReactNode } from 'react';
import type { Names } from '../api/members.ts';
import { t } from '../text/t.ts';
import { DiffText } from '../ui/diff-text.tsx';
import type { Difference } from './compare.ts';
import css from './differences.module.css';
import { partLabel, valueText } from './parts.ts';

/** What ids in values are called: members and the catalogue by `names`, records by `refs`. */
export type ValueNames = { names: Names; refs: Readonly<Record<string, RefWire>> };

type PartValue = Difference['before'];

const isIds = (value: PartValue): value is readonly string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

/** Linked records by ref and title; one that is not there any more is named as gone. */
export const linkedWords = (value: PartValue, refs: ValueNames['refs']): string =>
  isIds(value)
    ? value
        .map((id) => {
          const ref = refs[id];
          return ref === undefined ? t('history.gone') : `${ref.ref} ${ref.title}`;
        })
        .join('\n')
    : '';

/** The value of a part in a version, in words; empty where there was none. */
export const partWords = (
  kind: KindWire,
  { part, type }: Pick<Difference, 'part' | 'type'>,
  value: PartValue,
  known: ValueNames,
): string => {
  if (value === undefined || value === null) return '';
  if (type === 'state') return typeof value === 'string' ? (kind.states[value]?.label ?? value) : '';
  if (type === 'relation') return linkedWords(value, known.refs);
  const field = kind.fields[part];
  if (field === undefined) return typeof value === 'string' ? value : JSON.stringify(value);
  return valueText(field, value, known.names, '\n');
};

const isLong = (kind: KindWire, part: string): boolean =>
  ['text', 'list', 'rows'].includes(kind.fields[part]?.type ?? '');

type DifferencesProps = {
  kind: KindWire;
  found: readonly Difference[];
  known: ValueNames;
  versions: { before: number; after: number };
  /** What stands at the end of a part's head. */
  act?: (difference: Difference) => ReactNode;
};

const Side = ({ version, text, was }: { version: number; text: string; was: boolean }) => (
  <div>
    <b>{t('history.before', { n: version })}</b>
    {text === '' ? (
      <span className={css.quiet}>{t('history.empty')}</span>
    ) : was ? (
      <del>{text}</del>
    ) : (
      <ins>{text}</ins>
    )}
  </div>
);

/** Two versions side by side: fields as they were and are, long text as one with its words added and removed. */
export const Differences = ({ kind, found, known, versions, act }: DifferencesProps) => (
  <ul className={css.differences}>
    {found.map((difference) => {
      const old = partWords(kind, difference, difference.before, known);
      const now = partWords(kind, difference, difference.after, known);
      return (
        <li key={`${difference.type} ${difference.part}`} className={css.difference}>
          <div className={css.head}>
            <h3>{partLabel(kind, difference.part)}</h3>
            {act?.(difference)}
          </div>
          {isLong(kind, difference.part) ? (
            <DiffText before={old} after={now} />
          ) : (
            <div className={css.sides}>
              <Side version={versions.before} text={old} was />
              <Side version={versions.after} text={now} was={false} />
            </div>
          )}
        </li>
      );
    })}
  </ul>
);
