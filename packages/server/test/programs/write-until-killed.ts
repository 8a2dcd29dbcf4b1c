import pg from 'pg';
import { openEmbedded } from '../../src/store/embedded/open.ts';

/**
 * Opens the directory named first, says so in one line of JSON, and with `write` as the second word commits rows
 * and prints each number once it is acknowledged, until it is killed. Otherwise SIGTERM stops it in order.
 */
const [dataDir = '', mode] = process.argv.slice(2);
const server = await openEmbedded({ dataDir, log: () => {} });
console.log(JSON.stringify({ adopted: server.adopted, pid: server.pid, owner: server.owner }));

if (mode === 'write') {
  const client = new pg.Client(server.owner);
  await client.connect();
  await client.query('create table if not exists acknowledged (id int primary key)');
  for (let id = 1; ; id += 1) {
    await client.query('insert into acknowledged values ($1)', [id]);
    process.stdout.write(`${id}\n`);
  }
}
const alive = setInterval(() => {}, 60_000);
process.on('SIGTERM', async () => {
  clearInterval(alive);
  await server.stop();
});
