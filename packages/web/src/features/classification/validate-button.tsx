import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { announce } from '../../ui/live-region.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { w } from './words.ts';

const shortest = 10;

/** Says of a signed-off class that it was looked at again and that nothing changed, with a reason. */
export const ValidateButton = ({ of: ref }: { of: string }) => {
  const [search, change] = useSearchState();
  // A gap that asks for it leads here with the form open.
  const open = search.act === 'validate';
  const setOpen = (wanted: boolean): void => change({ act: wanted ? 'validate' : undefined });
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const say = useMutation({
    mutationFn: () => post(`/api/v1/classifications/${encodeURIComponent(ref)}/validations`, { reason }),
    onSuccess: async () => {
      setOpen(false);
      setReason('');
      await client.invalidateQueries();
      announce(w('classes.validated'));
    },
  });
  const problem = troubleOf(say.error);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{w('classes.validate')}</Button>
      {open ? (
        <FormDialog
          title={w('classes.validate-title')}
          submit={w('classes.validate')}
          cancel={w('classes.cancel')}
          busy={say.isPending}
          reason={reason.trim().length < shortest ? w('classes.validate-short') : undefined}
          onSubmit={() => say.mutate()}
          onClose={() => setOpen(false)}
        >
          <p>{w('classes.validate-help')}</p>
          <LongTextField
            label={w('classes.validate-reason')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
          {problem === null ? null : <ProblemBox problem={problem} />}
        </FormDialog>
      ) : null}
    </>
  );
};
