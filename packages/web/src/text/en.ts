import { account } from './en/account.ts';
import { app } from './en/app.ts';
import { classification } from './en/classification.ts';
import { comments } from './en/comments.ts';
import { demo } from './en/demo.ts';
import { duties } from './en/duties.ts';
import { erase } from './en/erase.ts';
import { filter } from './en/filter.ts';
import { grid } from './en/grid.ts';
import { history } from './en/history.ts';
import { home } from './en/home.ts';
import { jobs } from './en/jobs.ts';
import { line } from './en/line.ts';
import { navigation } from './en/navigation.ts';
import { people } from './en/people.ts';
import { proof } from './en/proof.ts';
import { provider } from './en/provider.ts';
import { readiness } from './en/readiness.ts';
import { record } from './en/record.ts';
import { register } from './en/register.ts';
import { search } from './en/search.ts';
import { signIn } from './en/sign-in.ts';
import { stations } from './en/stations.ts';
import { switching } from './en/switch.ts';
import { ui } from './en/ui.ts';
import { values } from './en/values.ts';
import { verdicts } from './en/verdicts.ts';
import { views } from './en/views.ts';

/**
 * All user text of the web application in English. A feature adds a file `en/<noun>.ts` and one line here;
 * another language is another file of the same keys. `{name}` is a slot; `{ one, other }` turns on the slot `n`.
 */
export const en = {
  ...account,
  ...app,
  ...classification,
  ...demo,
  ...duties,
  ...filter,
  ...grid,
  ...home,
  ...jobs,
  ...line,
  ...navigation,
  ...people,
  ...proof,
  ...provider,
  ...readiness,
  ...register,
  ...switching,
  ...signIn,
  ...stations,
  ...values,
  ...views,
  ...record,
  ...erase,
  ...history,
  ...comments,
  ...search,
  ...ui,
  ...verdicts,
} as const;
