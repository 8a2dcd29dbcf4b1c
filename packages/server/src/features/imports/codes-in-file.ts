import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { type Coded, codeTaken, sharesCode } from '@throughline/domain/soa/control-codes.ts';
import { textOf } from '@throughline/domain/trace/read.ts';
import { codedControls } from '../../store/control-codes.ts';
import type { Reader } from '../../store/reader.ts';

type Planned = { readonly id: string; readonly next: Content; readonly state: string };

/** Codes of controls while a file is planned: those of the register, and those of the rows so far. */
export type CodesInFile = {
  /** Why a control's code is not taken, by field; none where it is, and then it counts for the rows behind it. */
  faults(planned: Planned): { readonly at: string; readonly message: string }[];
};

export async function codesOf(reader: Reader, kind: Kind): Promise<CodesInFile> {
  const standing = new Map<string, Coded & { readonly ref: string }>();
  if (kind.name === 'control')
    for (const { id, number, ...coded } of await codedControls(reader))
      standing.set(id, { ...coded, ref: `${kind.prefix}-${number}` });
  return {
    faults: ({ id, next, state }) => {
      if (state !== 'adopted') return [];
      const one = {
        code: textOf(next, 'code') ?? '',
        framework: textOf(next, 'framework'),
        item: textOf(next, 'item'),
      };
      const other = [...standing].find(([known, each]) => known !== id && sharesCode(one, each))?.[1];
      const was = standing.get(id);
      if (other && !(was && sharesCode(was, other)))
        return [{ at: 'fields.code', message: codeTaken(one.code, other.ref) }];
      standing.set(id, { ...one, ref: was?.ref ?? 'Another row of this file' });
      return [];
    },
  };
}
