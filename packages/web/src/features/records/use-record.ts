import { useQuery } from '@tanstack/react-query';
import { recordQuery } from '../../api/records.ts';

export const useRecord = (collection: string, ref: string, asOf: string | undefined) =>
  useQuery(recordQuery(collection, ref, asOf));
