import { app } from './en/app.ts';
import { filter } from './en/filter.ts';
import { grid } from './en/grid.ts';
import { navigation } from './en/navigation.ts';
import { ui } from './en/ui.ts';
import { verdicts } from './en/verdicts.ts';

/**
 * All user text of the web application in English. A feature adds a file `en/<noun>.ts` and one line here;
 * another language is another file of the same keys. `{name}` is a slot; `{ one, other }` turns on the slot `n`.
 */
export const en = { ...app, ...filter, ...grid, ...navigation, ...ui, ...verdicts } as const;
