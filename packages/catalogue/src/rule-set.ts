import { parse } from 'yaml';
import { findBroken } from './check/references.ts';
import { CatalogueError, type CatalogueProblem } from './errors.ts';
import { parseCatalogue } from './parse.ts';
import { fileNames } from './schema/files.ts';
import type { Catalogue, Expression } from './types.ts';

type Law = Catalogue['euAiAct'];
const file = fileNames.euAiAct;

/**
 * Reads a rule set of the EU AI Act from the text of its file (YAML, of which JSON is a part), against the other files
 * of the catalogue at hand. Nothing is taken over that could not be run: shape, references, conditions that stand on
 * themselves, obligations without a day.
 * @throws {CatalogueError} naming what does not fit
 */
export function readRuleSet(text: string, catalogue: Catalogue): Law {
  const read = parseCatalogue({ ...catalogue, euAiAct: parsed(text) });
  const broken = findBroken(read).filter((problem) => problem.file === file);
  const problems = [...broken, ...circular(read.euAiAct), ...undated(read.euAiAct)];
  if (problems.length > 0) throw new CatalogueError(problems);
  return read.euAiAct;
}

function parsed(text: string): unknown {
  try {
    return parse(text, { uniqueKeys: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new CatalogueError([{ file, path: '', message }]);
  }
}

/** Conditions that are asked for while they are asked: they would never come to an end. */
function circular({ conditions }: Law): CatalogueProblem[] {
  const ends = new Set<string>();
  const leadsBack = (id: string, from: readonly string[]): boolean => {
    if (ends.has(id)) return false;
    if (from.includes(id)) return true;
    const condition = conditions[id];
    const back = condition ? named(condition).some((next) => leadsBack(next, [...from, id])) : false;
    if (!back) ends.add(id);
    return back;
  };
  return Object.keys(conditions)
    .filter((id) => leadsBack(id, []))
    .map((id) => ({ file, path: `conditions.${id}`, message: 'stands on itself' }));
}

function named(expression: Expression): string[] {
  if ('all' in expression) return expression.all.flatMap(named);
  if ('any' in expression) return expression.any.flatMap(named);
  if ('not' in expression) return named(expression.not);
  return 'cond' in expression ? [expression.cond] : [];
}

const undated = ({ obligations }: Law): CatalogueProblem[] =>
  obligations
    .filter(({ from }) => Object.values(from).every((day) => day === undefined))
    .map(({ id }) => ({ file, path: `obligations.${id}.from`, message: 'names no day' }));
