import { registry } from '../../packages/domain/src/kinds/all.ts';
import {
  covers,
  grants,
  organisationActs,
  recordActs,
  roles,
  whoAdministers,
} from '../../packages/domain/src/permissions.ts';
import { conditionWords, organisationWords, rolePurposes } from '../../packages/domain/src/role-words.ts';

/** The page that is written from the table of permissions. */
export const permissionsPage = 'docs/reference/permissions.md';

/** @param {readonly string[]} names */
const quoted = (names) => names.map((name) => `\`${name}\``).join(', ');

/**
 * On which records a role may do something to a kind, over all rows of the table; empty where it may not.
 * @param {import('../../packages/domain/src/permissions.ts').Role} role
 * @param {string} act
 * @param {string} kind
 * @returns {import('../../packages/domain/src/role-grants.ts').Condition[]}
 */
function conditionsOf(role, act, kind) {
  const rows = grants[role].filter((row) => row.acts.some((one) => one === act) && covers(row, kind));
  const names = [...new Set(rows.flatMap((row) => row.when))];
  return names.includes('always') ? ['always'] : names;
}

/**
 * The rows of one role: acts that hold for the same kinds and records stand together.
 * @param {import('../../packages/domain/src/permissions.ts').Role} role
 */
function roleTable(role) {
  const kinds = registry.kinds.map(({ name }) => name);
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const act of recordActs) {
    /** @type {Map<string, string[]>} */
    const byRecords = new Map();
    for (const kind of kinds) {
      const records = conditionsOf(role, act, kind)
        .map((name) => conditionWords[name])
        .join('; ');
      if (records !== '') byRecords.set(records, [...(byRecords.get(records) ?? []), kind]);
    }
    for (const [records, of] of byRecords) {
      const named =
        of.length === kinds.length
          ? 'every kind'
          : of.length > kinds.length / 2
            ? 'every other kind'
            : quoted(of);
      const line = `${named} | ${records}`;
      groups.set(line, [...(groups.get(line) ?? []), act]);
    }
  }
  const lines = [...groups].map(([line, acts]) => `| ${quoted(acts)} | ${line} |`);
  const organisation = organisationActs.filter((act) => whoAdministers(act).includes(role));
  return [
    `### \`${role}\``,
    '',
    rolePurposes[role],
    '',
    '| may | of | which records |',
    '|---|---|---|',
    ...lines,
    '',
    ...grants[role].map(({ acts, why }) => `- ${quoted(acts)}: ${why}`),
    '',
    organisation.length > 0
      ? `Of the organisation itself: ${organisation.map((act) => organisationWords[act].what).join('; ')}.`
      : 'Of the organisation itself: nothing.',
    '',
  ];
}

/** Roles that may do something to at least one record of a kind, for each act and kind. */
function kindTable() {
  const acts = recordActs.filter((act) => act !== 'read' && act !== 'export' && act !== 'comment');
  return [
    `| kind | ${acts.map((act) => `\`${act}\``).join(' | ')} |`,
    `|---|${acts.map(() => '---|').join('')}`,
    ...registry.kinds.map(({ name }) => {
      const cells = acts.map((act) => {
        const may = roles.filter((role) => conditionsOf(role, act, name).length > 0);
        return may
          .map((role) => (conditionsOf(role, act, name).includes('always') ? role : `(${role})`))
          .join(', ');
      });
      return `| \`${name}\` | ${cells.map((cell) => cell || '–').join(' | ')} |`;
    }),
  ];
}

/** The whole page, from the table that the server decides by. */
export function permissionsText() {
  return [
    '# Permissions',
    '',
    'Written by `npm run permissions` from `packages/domain/src/role-grants.ts`, the table that the server decides by; `npm run verify` fails where the two differ. The page *Roles* of the settings shows the same rows, with who holds each role. What no row grants is refused. `packages/server/src/http/who-may.test.ts` asks every route as every role.',
    '',
    'A person has what their roles grant together. A token has what its roles grant and its scope leaves; one for provisioning adds, changes and ends people and groups below `/scim/v2`, and may nothing of what stands here. What a token does is the deed of everybody who made it, gave it another secret or answers for its account, and nothing that takes two hands does it alone. Nobody makes a token of no account with a role that they do not have, nor gives a service account one, by one hand. What a role may is not yet a decision that stands: approvals and acceptances ask the table of authority and the separation of duties besides.',
    '',
    'Whoever stands in for somebody who is away acts with that person’s rights, and keeps daily work going: what hands on rights, cannot be undone or outlasts the absence takes a right of one’s own. That is people, their roles, access and sessions, groups with roles, tokens, resets, erasing, the export of what is held about somebody, the table of authority, waivers, the sign-in provider, classification rules, the demo and, of the settings of the organisation, who reads the log, how proofs and second factors are asked for, how long tokens last and how long things are kept. The rest of the settings (name, time zone, calendar, rhythms, structure) is everyday work that a deputy does. `packages/server/src/http/lasting.ts` lists every change that administers, and a test fails for one that nobody decided.',
    '',
    '## By role',
    '',
    ...roles.flatMap(roleTable),
    '## By kind',
    '',
    'A role in brackets may on some records alone: see which at the role. Reading, exporting and commenting are at the roles.',
    '',
    ...kindTable(),
    '',
    '## The organisation itself',
    '',
    '| act | what | roles | why |',
    '|---|---|---|---|',
    ...organisationActs.map(
      (act) =>
        `| \`${act}\` | ${organisationWords[act].what} | ${quoted(whoAdministers(act))} | ${organisationWords[act].why} |`,
    ),
    '',
  ].join('\n');
}
