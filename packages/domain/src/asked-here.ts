import type { Json } from './json.ts';
import type { Field, When } from './kinds/fields.ts';

const holds = (when: When, fields: Readonly<Record<string, Json>>): boolean =>
  Object.entries(when).every(([name, values]) => {
    const said = fields[name];
    return typeof said === 'string' && values.includes(said);
  });

/** Whether a field is asked of a record that says this: always, unless its declaration names when. */
export const askedHere = ({ when }: Field, fields: Readonly<Record<string, Json>>): boolean =>
  when === undefined || when.some((one) => holds(one, fields));
