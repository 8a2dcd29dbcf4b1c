import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { UploadProgress } from './drop-zone.tsx';
import { FitNotice, FitReasons, FormsNote } from './fit-notice.tsx';
import { heldFile } from './held-file.ts';
import css from './imports.module.css';
import { StepFoot } from './step-foot.tsx';
import type { StepProps } from './step-props.ts';
import { profilesQuery, useMapping, useUpload } from './use-import.ts';
import { fixedWords } from './wizard-state.ts';
import { w } from './words.ts';

const none = 'none';

/** Which register the rows go to, and by which saved way of reading. */
export const StepKind = ({ found, kind, onStep }: StepProps) => {
  const kinds = useKinds();
  const navigate = useNavigate();
  const upload = useUpload((id) => navigate(`/import/${id}?step=kind`, { replace: true }));
  const mapping = useMapping(found.id);
  const profiles = useQuery(profilesQuery);
  const [source, setSource] = useState(found.source);
  const held = heldFile(found.id);
  const [best] = found.fits;
  const problem = troubleOf(upload.error ?? mapping.error ?? profiles.error);
  const locked = fixedWords(found.state);
  // A profile made for another kind is offered too: it says what its files really list.
  const offered = (profiles.data ?? []).filter(({ kind: name }) => name === found.kind || held !== undefined);
  const choose = (id: string | null): void => {
    const profile = offered.find((entry) => entry.id === id);
    if (profile === undefined) mapping.mutate({ profile: null });
    else if (profile.kind === found.kind) mapping.mutate({ profile: profile.id });
    else if (held !== undefined)
      upload.mutate({ file: held, reading: { kind: profile.kind, profile: profile.id } });
  };
  return (
    <>
      <h1 className={css.stepTitle}>{w('import.kind.sentence', { kind: kind.plural })}</h1>
      <FormsNote found={found} />
      <FitNotice found={found} step="kind" />
      {best === undefined || found.better !== null || best.kind !== found.kind ? null : (
        <FitReasons fit={best} />
      )}
      <div className={css.fields}>
        <ChoiceField
          label={w('import.kind.kind')}
          help={w('import.kind.reread')}
          value={kind.name}
          options={kinds.all
            .filter(({ abilities }) => abilities.import?.allowed !== false)
            .map(({ name, label }) => ({ value: name, label }))}
          reason={locked ?? (held === undefined ? w('import.kind.lost') : undefined)}
          onChange={(name) => {
            if (name !== null && name !== kind.name && held !== undefined)
              upload.mutate({ file: held, reading: { kind: name } });
          }}
        />
        <ChoiceField
          label={w('import.kind.profile')}
          help={w('import.kind.profile-help')}
          value={found.profile ?? none}
          loading={profiles.isPending}
          options={[
            { value: none, label: w('import.kind.no-profile') },
            ...offered.map(({ id, name, kind: of }) => ({
              value: id,
              label: name,
              hint: kinds.byName(of)?.plural ?? of,
            })),
          ]}
          reason={locked}
          onChange={choose}
        />
        <TextField
          label={w('import.kind.source')}
          help={w('import.kind.source-help')}
          value={source}
          maxLength={120}
          reason={locked}
          onChange={setSource}
        />
        {source === found.source ? null : (
          <div>
            <Button busy={mapping.isPending} onClick={() => mapping.mutate({ source })}>
              {w('import.kind.save-source')}
            </Button>
          </div>
        )}
      </div>
      {upload.under === null ? null : <UploadProgress under={upload.under} onCancel={upload.cancel} />}
      {problem === null ? null : <ProblemBox problem={problem} />}
      <StepFoot onBack={() => onStep('file')}>
        <Button
          look="primary"
          size="form"
          busy={upload.isPending || mapping.isPending}
          onClick={() => onStep('columns')}
        >
          {w('import.kind.next')}
        </Button>
      </StepFoot>
    </>
  );
};
