import { z } from 'zod';
import { comparisonFile, comparisonFormats } from '../../exports/rules-comparison.ts';
import { adoptRuleSet, compareRuleSets, readRuleSets } from '../../features/classification/rule-sets.ts';
import { ensureMay } from '../../records/load.ts';
import { comparison, rules } from '../answers/rules.ts';
import type { Caller } from '../caller.ts';
import { administersNamed, lasts } from '../present/ability.ts';
import { comparisonWire } from '../present/rules.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape, textShape } from '../shapes.ts';
import { because } from './record-tools.ts';

const tag = 'Classification';
/** The text of a rule set, as its file has it; absent for the one that this release brings. */
const sent = textShape(600_000).optional();

/** The rules themselves: which are in force, what others would change in what is stored, and their adoption. */
export function classificationRulesRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const shown = async (caller: Caller) => {
    const { inForce, adopted, adoptedBy, release } = await readRuleSets(services, caller);
    return ok({
      inForce: { version: inForce.meta.rule_set_version, law: inForce.meta.law },
      adopted: adopted && {
        by: adoptedBy === null ? null : { id: adopted.by, name: adoptedBy },
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
        'Puts other rules in force: those sent, those of this release, or whatever each release brings',
      access: 'settings',
      body: z.strictObject({
        rules: sent,
        follow: z.boolean().default(false),
        version: lineShape(60),
        because,
      }),
      answers,
      handle: async (call) => {
        const { rules: text, follow, version, because: why } = call.body;
        await adoptRuleSet(services, call.change(why), { rules: text, follow, expected: version });
        return shown(call.caller);
      },
    }),
  ];
}
