import type { ReactNode } from 'react';
import type { MenuGroup } from '../ui/menu.tsx';

/** What the frame around every page shows. All of it may be missing: the frame stands before any answer arrives. */
export type ShellData = {
  organisation?: string;
  /** The account alone opens until its person adds a second factor: no places, no search. */
  accountAlone?: true;
  /** Administration: settings, people, roles, tokens, jobs (UX b). */
  organisationMenu?: readonly MenuGroup[];
  person?: { name: string };
  onSignOut?: () => void;
  /** Counts by path: `{ '/systems': 2133 }`; a text such as "10,000+" stands as it is. */
  counts?: Readonly<Record<string, number | string>>;
  /** Collections the server keeps. Registers of others are not offered. Undefined until known. */
  collections?: ReadonlySet<string>;
  /** Whether this build has a page at a path that is no register. */
  hasPage: (path: string) => boolean;
  log?: { state: 'intact' | 'broken' | 'unknown'; sentence: string; detail?: string; href?: string };
  /** The signed checkpoint in a line: it stands at the foot of what is printed. */
  printed?: string;
  unread?: number;
  /** Long work under way; nothing while there is none. */
  tray?: ReactNode;
};
