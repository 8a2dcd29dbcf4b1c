import { organisation } from '../../text/en/organisation.ts';
import { provisioning } from '../../text/en/provisioning.ts';
import { removals } from '../../text/en/removals.ts';
import { settings } from '../../text/en/settings.ts';
import { en } from '../../text/en.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of the settings beside those of every page: they load with the first of their pages. */
export const t = wordsOf({ ...en, ...organisation, ...provisioning, ...removals, ...settings });
