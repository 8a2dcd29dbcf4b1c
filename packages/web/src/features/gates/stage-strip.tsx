import css from './gates.module.css';
import { w } from './words.ts';

/** Where a system is in its life cycle: an ordered list, the stage of now marked in words too. */
export const StageStrip = ({
  stage,
  stages,
}: {
  stage: string;
  stages: readonly { readonly id: string; readonly label: string }[];
}) => (
  <ol className={css.strip} aria-label={w('gates.stages')}>
    {stages.map(({ id, label }) => (
      <li key={id} className={css.stage} aria-current={id === stage ? 'step' : undefined}>
        {label}
        {id === stage ? <span className={css.here}>{w('gates.here')}</span> : null}
      </li>
    ))}
  </ol>
);
