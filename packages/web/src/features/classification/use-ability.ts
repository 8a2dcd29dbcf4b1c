import { useQuery } from '@tanstack/react-query';
import { readRecord } from '../../api/records.ts';
import { refusal } from '../../kinds/roles.ts';

/** Why this person cannot keep answers here; `undefined` where they may, and until that is known. */
export const useRecordAbility = (ref: string): string | undefined => {
  const { data } = useQuery({
    // The key that a record's page uses, so that news of the record reaches both.
    queryKey: ['record', ref, ''],
    queryFn: ({ signal }) => readRecord('classifications', ref, undefined, signal),
  });
  return data && refusal(data.abilities.edit);
};
