import type { ImportFitWire, ImportWire } from '@throughline/domain/wire-import.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { AlertIcon } from '../../ui/icons.ts';
import { useNavigate } from '../../ui/navigate.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { UploadProgress } from './drop-zone.tsx';
import { heldFile } from './held-file.ts';
import css from './imports.module.css';
import { useMapping, useUpload } from './use-import.ts';
import type { Step } from './wizard-state.ts';
import { w } from './words.ts';

const sureness = {
  sure: 'import.fit.sure',
  likely: 'import.fit.likely',
  unsure: 'import.fit.unsure',
} as const;

/** Kind or profile of a fit in one line: "Use cases, by US federal inventory 2024". */
export const useFitName = () => {
  const kinds = useKinds();
  return ({ kind, profile }: ImportFitWire): string => {
    const plural = kinds.byName(kind)?.plural ?? kind;
    return profile === null ? plural : w('import.fit.by', { kind: plural, profile: profile.name });
  };
};

/** A row can make two records: said, so that two registers that grow surprise nobody. */
export const FormsNote = ({ found }: { found: ImportWire }) => {
  const kinds = useKinds();
  if (found.forms === null) return null;
  const kind = kinds.byName(found.forms)?.plural ?? found.forms;
  return <p className={css.small}>{w('import.forms', { kind })}</p>;
};

/** What the file most likely holds, with the reasons. */
export const FitReasons = ({ fit }: { fit: ImportFitWire }) => {
  const nameOf = useFitName();
  return (
    <div className={css.fit}>
      <p>
        {w(sureness[fit.sureness], { kind: nameOf(fit) })}{' '}
        {w('import.fit.places', { placed: fit.placed, n: fit.of })}
      </p>
      <ul className={css.notes}>
        {fit.why.map((why) => (
          <li key={why}>{why}</li>
        ))}
      </ul>
    </div>
  );
};

/** Reads the file as what fits it: by the places alone where the kind stays, else from its bytes. */
const useReadAs = (found: ImportWire, step: Step) => {
  const navigate = useNavigate();
  const upload = useUpload((id) => navigate(`/import/${id}?step=${step}`, { replace: true }));
  const mapping = useMapping(found.id);
  const held = heldFile(found.id);
  const possible = (fit: ImportFitWire): boolean => fit.kind === found.kind || held !== undefined;
  const readAs = ({ kind, profile }: ImportFitWire): void => {
    if (kind === found.kind) mapping.mutate({ profile: profile?.id ?? null });
    else if (held !== undefined)
      upload.mutate({ file: held, reading: { kind, ...(profile === null ? {} : { profile: profile.id }) } });
  };
  return { readAs, possible, upload, mapping };
};

/** Says before anything is written that another kind takes clearly more of the file, and offers it. */
export const FitNotice = ({ found, step }: { found: ImportWire; step: Step }) => {
  const kinds = useKinds();
  const nameOf = useFitName();
  const { readAs, possible, upload, mapping } = useReadAs(found, step);
  const { better } = found;
  if (better === null || found.state !== 'analysed') return null;
  const placed = found.columns.filter(({ target, filled }) => target !== null && filled > 0).length;
  const problem = troubleOf(upload.error ?? mapping.error);
  return (
    <div className={css.warning} role="note">
      <AlertIcon />
      <div>
        <p className={css.warningTitle}>
          {w('import.fit.better', {
            now: kinds.byName(found.kind)?.plural ?? found.kind,
            placed,
            kind: nameOf(better),
            more: better.placed,
            n: better.of,
          })}
        </p>
        <ul className={css.notes}>
          {better.why.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
        {upload.under === null ? (
          <Button
            busy={upload.isPending || mapping.isPending}
            reason={possible(better) ? undefined : w('import.kind.lost')}
            reasonShown
            onClick={() => readAs(better)}
          >
            {w('import.fit.read-as', { kind: nameOf(better) })}
          </Button>
        ) : (
          <UploadProgress under={upload.under} onCancel={upload.cancel} />
        )}
        {problem === null ? null : <ProblemBox problem={problem} />}
      </div>
    </div>
  );
};
