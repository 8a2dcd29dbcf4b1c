import { useQuery } from '@tanstack/react-query';
import { recordQuery } from '../api/records.ts';
import { refusal } from './roles.ts';

/** Why this person cannot write a record here; `undefined` where they may, and until that is known. */
export const useEditRefusal = (collection: string, ref: string): string | undefined => {
  const { data } = useQuery(recordQuery(collection, ref, undefined));
  return data && refusal(data.abilities.edit);
};
