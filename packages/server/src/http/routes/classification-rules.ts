import type { NamedWire } from '@throughline/domain/wire-through.ts';
import { z } from 'zod';
import { comparisonFile, comparisonFormats, comparisonText } from '../../exports/rules-comparison.ts';
import { compareRuleSets } from '../../features/classification/compare-rule-sets.ts';
import { adoptRuleSet, readRuleSets } from '../../features/classification/rule-sets.ts';
import { ensureMay } from '../../records/load.ts';
import * as proposals from '../answers/proposals.ts';
import { comparison, rules } from '../answers/rules.ts';
import type { Caller } from '../caller.ts';
import { administersNamed, lasts } from '../present/ability.ts';
import { comparisonWire } from '../present/rules.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape, textShape, whyShape } from '../shapes.ts';

const tag = 'Classification';
/** The text of a rule set, as its file has it; absent for the one that this release brings. */
const sent = textShape(600_000).optional();

/** The rules themselves: which are in force, what others would change in what is stored, and their adoption. */
export function classificationRulesRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const shown = async (caller: Caller) => {
    const { inForce, adopted, names, release } = await readRuleSets(services, caller);
    return ok({
      inForce: { version: inForce.meta.rule_set_version, law: inForce.meta.law },
      adopted: adopted && {
        by: named(names, adopted.by),
        confirmedBy: adopted.confirmedBy === null ? null : named(names, adopted.confirmedBy),
        at: adopted.at,
        file: adopted.file,
      },
      release: release.meta.rule_set_version,
      abilities: { adopt: await administersNamed(services, caller, 'settings', lasts) },
    });
  };
  const compared = async (caller: Caller, text: string | undefined) =>
    comparisonWire(registry, await compareRuleSets(services, caller, text));
  const answers = { 200: { description: 'The rules in force.', shape: rules } };
  return [
    route({
      method: 'GET',
      path: '/classification/rules',
      tag,
      summary: 'The rules in force, who adopted them, and the version that this release brings',
      access: 'signed-in',
      answers,
      handle: ({ caller }) => shown(caller),
    }),
    route({
      method: 'POST',
      path: '/classification/rules/compare',
      tag,
      summary: 'What other rules would change in stored results; nothing is changed',
      access: 'signed-in',
      body: z.strictObject({ rules: sent }),
      answers: { 200: { description: 'The results that would change.', shape: comparison } },
      handle: async ({ caller, body }) => ok(await compared(caller, body.rules)),
    }),
    route({
      method: 'POST',
      path: '/classification/rules/compare/export',
      tag,
      summary: 'The same as a file',
      access: 'signed-in',
      query: z.strictObject({ format: z.enum(comparisonFormats).default('csv') }),
      body: z.strictObject({ rules: sent }),
      answers: { 200: { description: 'The file.', media: 'text/csv' } },
      handle: async ({ caller, body, query }) => {
        ensureMay(caller.actor, registry.get('classification'), 'export');
        const file = comparisonFile(await compared(caller, body.rules), query.format);
        const headers = {
          'content-type': file.media,
          'content-disposition': `attachment; filename="${file.name}"`,
        };
        return { status: 200, body: file.body, headers };
      },
    }),
    route({
      method: 'PUT',
      path: '/classification/rules',
      tag,
      summary:
        'Proposes other rules: those sent, those of this release, or whatever each release brings; another person puts them in force',
      access: 'settings',
      body: z.strictObject({
        rules: sent,
        follow: z.boolean().default(false),
        version: lineShape(60),
        reason: whyShape,
      }),
      answers: { ...answers, 202: { description: 'It waits for another person.', shape: proposals.waits } },
      handle: async (call) => {
        const { rules: text, follow, version, reason } = call.body;
        const wire = await compared(call.caller, text);
        const { waits } = await adoptRuleSet(
          services,
          call.change(),
          { rules: text, follow, expected: version, reason },
          {
            text: comparisonText(wire),
            looked: wire.looked,
            changed: wire.changed.length,
            cases: wire.cases.map(({ id }) => id),
          },
        );
        return waits === null ? shown(call.caller) : { status: 202, body: { waits } };
      },
    }),
  ];
}

/** `null` for who is called nothing any more. */
function named(names: ReadonlyMap<string, string>, id: string): NamedWire | null {
  const name = names.get(id);
  return name === undefined ? null : { id, name };
}
