/**
 * What is found by comparing a file with its digest (7.5.3): `good`, in the choice `found`, is nobody's word but that of
 * the comparison, and is asked anew where one of `of` changes. Names of fields, but for `good`, which is an option.
 */
export type Compared = {
  readonly file: string;
  readonly digest: string;
  readonly found: string;
  readonly good: string;
  readonly of: readonly string[];
};
