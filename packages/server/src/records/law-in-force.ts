import { CatalogueError } from '@throughline/catalogue/errors.ts';
import { readRuleSet } from '@throughline/catalogue/rule-set.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { ClassificationSettings } from '@throughline/domain/classification/settings.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Services } from '../services.ts';
import { blobBytes } from '../store/blobs.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';

export type Law = Catalogue['euAiAct'];

/** Rule sets that were read, by their file: a file never changes, and reading one takes longer than a thousand runs. */
const known = new Map<string, Law>();
const mostKnown = 16;

/** The rule set that an organisation classifies by: the one it adopted, or that of this release. */
export async function lawInForce(services: Services, organisation: string): Promise<Law> {
  return services.store.readWhole(organisation, (reader) => lawInForceIn(services, reader));
}

/** The same inside a reading of everything. */
export const lawInForceIn = async (services: Services, reader: Reader): Promise<Law> =>
  lawOf(services, reader, (await organisationSettings(reader)).classification);

/** The same where the settings are at hand. */
export async function lawOf(
  { catalogue }: Pick<Services, 'catalogue'>,
  reader: Reader,
  { law }: ClassificationSettings,
): Promise<Law> {
  if (law === null) return catalogue.euAiAct;
  const found = known.get(law.file);
  if (found) return found;
  const bytes = await blobBytes(reader, law.file);
  if (!bytes) throw new Error(`The rules in force, file ${law.file}, are gone`);
  const read = readRules(bytes.toString('utf8'), catalogue);
  remember(law.file, read);
  return read;
}

/** Keeps a rule set at hand under the file that holds it. */
function remember(file: string, law: Law): void {
  const [oldest] = known.keys();
  if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
  known.set(file, law);
}

const mostNamed = 20;

/** Reads rules that somebody sent, or that were kept. @throws {DomainError} `unprocessable` with what does not fit */
export function readRules(text: string, catalogue: Catalogue): Law {
  try {
    return readRuleSet(text, catalogue);
  } catch (error) {
    if (error instanceof CatalogueError)
      throw new DomainError(
        'unprocessable',
        'This is no rule set that could be run.',
        error.problems.slice(0, mostNamed).map(({ path, message }) => ({ at: `rules.${path}`, message })),
      );
    // Thousands of levels inside each other: no rule set nests like this.
    if (error instanceof RangeError)
      throw new DomainError('unprocessable', 'This is no rule set that could be run.', [
        { at: 'rules', message: 'It is nested too deeply.' },
      ]);
    throw error;
  }
}
