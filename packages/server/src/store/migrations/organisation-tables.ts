import { kernelTables } from './001-kernel/grants.ts';
import { treeTables } from './004-log-tree.ts';
import { aroundTables } from './005-around.ts';

/** Tables that hold one organisation's rows: each has a row-level security policy. */
export const organisationTables = [...kernelTables, ...treeTables, ...aroundTables] as const;
