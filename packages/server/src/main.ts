import { readConfig } from './config.ts';
import { openDatabase } from './store/open-database.ts';

const config = readConfig();
const database = await openDatabase(config, console.log);
console.log(`Using ${database.name}`);
await database.close();
