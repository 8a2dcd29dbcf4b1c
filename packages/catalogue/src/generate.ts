import { writeFileSync } from 'node:fs';
import { checkReferences } from './check/references.ts';
import { dataDirectory, generatedFile, writeGenerated } from './generated.ts';
import { parseCatalogue } from './parse.ts';
import { readYamlFiles } from './read-yaml.ts';

// Run after every change of a YAML file: node packages/catalogue/src/generate.ts
const catalogue = checkReferences(parseCatalogue(readYamlFiles(dataDirectory)));
writeFileSync(`${dataDirectory}${generatedFile}`, writeGenerated(catalogue));
