import { writeFileSync } from 'node:fs';
import { dataDirectory, generatedFile, writeGenerated } from './generated.ts';
import { parseCatalogue } from './parse.ts';
import { readYamlFiles } from './read-yaml.ts';

// Run after every change of a YAML file: node packages/catalogue/src/generate.ts
writeFileSync(
  `${dataDirectory}${generatedFile}`,
  writeGenerated(parseCatalogue(readYamlFiles(dataDirectory))),
);
