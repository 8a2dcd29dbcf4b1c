import { isObject } from '../json.ts';

/** The rule set of the law that an organisation adopted: its version, the file that holds it, who put it in force and when. */
export type AdoptedLaw = {
  readonly version: string;
  /** Blob with the text of the rules. */
  readonly file: string;
  /** The member who proposed it, or did it alone. */
  readonly by: string;
  /** The other member who confirmed it; `null` where nobody else could. */
  readonly confirmedBy: string | null;
  /** RFC 3339, UTC. */
  readonly at: string;
};

/** What an organisation decided about how it classifies. Without an adopted rule set that of the release is in force. */
export type ClassificationSettings = { readonly law: AdoptedLaw | null };

export const usualClassification: ClassificationSettings = { law: null };

/** What stands in settings, read without trust: what cannot be meant counts as not said. */
export function readClassificationSettings(value: unknown): ClassificationSettings {
  return { law: isObject(value) ? adoptedLaw(value.law) : null };
}

function adoptedLaw(value: unknown): AdoptedLaw | null {
  if (!isObject(value)) return null;
  const { version, file, by, at } = value;
  const confirmedBy = typeof value.confirmedBy === 'string' ? value.confirmedBy : null;
  return typeof version === 'string' &&
    typeof file === 'string' &&
    typeof by === 'string' &&
    typeof at === 'string'
    ? { version, file, by, confirmedBy, at }
    : null;
}
