import type { ImpactSheetWire } from '@throughline/domain/wire-impact.ts';
import { useId } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './impact.module.css';
import { Refs } from './refs.tsx';
import { useNoticed } from './use-sheet.ts';
import { w } from './words.ts';

/** What is blank still, each line leading to its part. */
export const StillBlank = ({ sheet, onPart }: { sheet: ImpactSheetWire; onPart: (part: string) => void }) =>
  sheet.blanks.length === 0 ? null : (
    <section className={css.closing} aria-labelledby="impact-blank">
      <h3 id="impact-blank">{w('impact.still-blank')}</h3>
      <ul className={css.plain}>
        {sheet.blanks.map((blank) => (
          <li key={`${blank.part} ${blank.says}`}>
            <button type="button" className={css.link} onClick={() => onPart(blank.part)}>
              {blank.says}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );

const NoticedList = ({ sheet: { signs, alike } }: { sheet: ImpactSheetWire }) => {
  return (
    <ul className={css.plain}>
      {signs.map((sign) => (
        <li key={sign.id}>{sign.says}</li>
      ))}
      {alike.map((one) => (
        <li key={one.field}>
          {w('impact.alike', { label: one.label })} <Refs of={one.with} />
          {one.more ? ` ${w('impact.alike-more')}` : ''}
        </li>
      ))}
    </ul>
  );
};

/** Observations on the text, and where it stands word for word elsewhere. They judge nothing. */
export const Noticed = ({ sheet }: { sheet: ImpactSheetWire }) => (
  <section className={css.closing} aria-labelledby="impact-signs">
    <h3 id="impact-signs">{w('impact.signs')}</h3>
    {sheet.signs.length + sheet.alike.length === 0 ? (
      <p className={css.quiet}>{w('impact.signs-none')}</p>
    ) : null}
    <NoticedList sheet={sheet} />
  </section>
);

/** The same beside the act of approval, where there is anything: whoever approves has not always opened the sheet. */
export const NoticedBeside = ({ of: ref, version }: { of: string; version: number }) => {
  const { data, error, refetch } = useNoticed(ref, version);
  const id = useId();
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined || data.signs.length + data.alike.length === 0) return null;
  return (
    <section className={css.beside} aria-labelledby={id}>
      <h3 id={id}>{w('impact.signs')}</h3>
      <NoticedList sheet={data} />
    </section>
  );
};

/** Article 27 as a view of what is there: its elements, whether it was done before first use, and notified. */
export const Rights = ({ sheet }: { sheet: ImpactSheetWire }) => {
  const { due, because, gaps, elements, acts, classifications } = sheet.rights;
  return (
    <section className={css.closing} aria-labelledby="impact-rights">
      <h3 id="impact-rights">
        {w(`impact.rights-${due}`)} {due === 'no' ? null : w('impact.rights-gaps', { n: gaps })}
      </h3>
      <p className={css.quiet}>
        {because} <Refs of={classifications} />
      </p>
      {due === 'no' ? null : (
        <ul className={css.elements}>
          {[...elements, ...acts].map((one) => (
            <li key={one.id}>
              <Tag dotted={!one.there}>{w(one.there ? 'impact.there' : 'impact.missing')}</Tag>
              <span>
                {one.name}
                <small className={css.meaning}>{one.says}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
