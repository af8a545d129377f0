// One data folder, one server; stopping in order; the database gone and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nothingLost, oneAgentEach, repeatUnanswered, sameAnswers } from './invariants.mjs';
import { Memory, work } from './load.mjs';
import { aChat, makeCentre, setUp } from './people.mjs';
import { Postgres, lacking } from './postgres.mjs';
import { Server, freePort, pause, until, within } from './server.mjs';

async function started(t, what, options) {
  const server = await Server.fresh(what, options);
  t.after(() => server.end());
  await server.start();
  return server;
}

test('a second server on the folder ends with an error, and the first goes on', async (t) => {
  const first = await started(t, 'second');
  const second = new Server({ data: first.data, port: await freePort() });
  t.after(() => second.end());
  second.launch();
  const { code, signal } = await within(60_000, 'the second server ended', second.child.ended);
  assert.equal(signal, null);
  assert.equal(code, 1, second.tail());
  assert.match(second.tail(), /another|in use|lock/i, 'it says why');
  assert.ok(await first.isReady());
  // Killed, it leaves nothing behind that would keep the next one out.
  await first.kill();
  await first.start();
});

test('it is ready before there is an administrator, and asks for credentials', async (t) => {
  const server = await started(t, 'bare');
  assert.equal((await server.request('GET', '/health/live')).status, 200);
  assert.equal((await server.request('GET', '/api/v1/openapi.json')).status, 200);
  assert.deepEqual((await server.request('GET', '/api/v1/setup')).body, { set_up: false });
  for (const path of ['/api/v1/me', '/api/v1/interactions', '/api/v1/floor', '/api/v1/users', '/api/v1/audit', '/api/v1/me/hands']) {
    assert.equal((await server.request('GET', path)).status, 401, path);
  }
  await setUp(server);
  assert.equal((await server.request('POST', '/api/v1/setup', { login: 'eve', name: 'Eve', password: 'another long pass phrase' })).status, 409, 'there is one first administrator');
});

test('SIGTERM stops in order under load; a restart finds everything; a process counts its own interactions', async (t) => {
  const server = await started(t, 'stop');
  const centre = await makeCentre(server, { agents: 2 });
  const memory = new Memory();
  for (let round = 0; round < 2; ++round) {
    assert.equal(await server.metric('rapport_interactions_total'), 0, 'a new process has started none');
    const before = memory.started.size;
    const load = work(centre, memory, 77 + round);
    await until('several interactions had started', () => memory.started.size >= before + 5);
    const stopped = within(60_000, 'the server stopped', server.stop());
    await load.stop();
    assert.deepEqual(await stopped, { code: 0, signal: null }, server.tail());
    await server.start();
    assert.equal(await server.metric('rapport_interactions_total'), 0);
    await sameAnswers(memory.acknowledged.slice(-20));
    await repeatUnanswered(memory);
    await oneAgentEach(centre);
    await nothingLost(centre, memory);
    assert.deepEqual(memory.odd, []);
    const began = await server.metric('rapport_interactions_total');
    const { interaction } = await centre.supervisor.must('POST', '/api/v1/interactions', aChat('moves', 'Counted'));
    memory.started.add(interaction);
    assert.equal(await server.metric('rapport_interactions_total'), began + 1);
    await server.stop();
    await server.start();
  }
});

test('PostgreSQL gone and back: refused by name meanwhile, nothing acknowledged lost, no restart needed', { skip: lacking }, async (t) => {
  const database = await Postgres.fresh('outage');
  t.after(() => database.end());
  await database.start();
  const server = await started(t, 'outage', { store: database.url });
  const centre = await makeCentre(server, { agents: 2 });
  const memory = new Memory();
  for (let outage = 0; outage < 2; ++outage) {
    const load = work(centre, memory, 5 + outage);
    await until('the centre was busy', () => memory.acknowledged.length > 10 * (outage + 1));
    await database.stop();
    await until('readiness was false', async () => (await server.request('GET', '/health/ready')).status === 503);
    assert.equal((await server.request('GET', '/health/live')).status, 200, 'it lives');
    const refused = await until('a command was refused', async () => {
      const answer = await centre.supervisor.call('POST', '/api/v1/interactions', aChat('billing', 'Too soon')).catch(() => null);
      return answer?.status === 503 ? answer : null;
    });
    assert.equal(refused.body.code, 'store_unavailable', JSON.stringify(refused.body));
    assert.match(refused.headers['content-type'], /problem\+json/);
    await pause(500);
    await database.start();
    await until('the server was ready again', () => server.isReady());
    await load.stop().catch((error) => {
      // Reading answers 503 too while the database is gone: that ends a worker of the load.
      if (!/: 503 /.test(error.message)) throw error;
    });
    await repeatUnanswered(memory);
    await sameAnswers(memory.acknowledged.slice(-20));
    await oneAgentEach(centre);
    await nothingLost(centre, memory);
    assert.deepEqual(memory.odd, []);
  }
  // And the process that starts next agrees.
  await server.kill();
  await server.start();
  await nothingLost(centre, memory);
});

test('PostgreSQL: a second server on the database ends; the first tells that it is gone, and stops in order without it', { skip: lacking }, async (t) => {
  const database = await Postgres.fresh('gone');
  t.after(() => database.end());
  await database.start();
  const server = await started(t, 'gone', { store: database.url });
  const root = await setUp(server);
  // From another folder it would decide about the same contacts.
  const second = await Server.fresh('gone-second', { store: database.url });
  t.after(() => second.end());
  second.launch();
  const how = await within(60_000, 'the second server on the database ended', second.child.ended);
  assert.equal(how.code, 1, second.tail());
  assert.ok(await server.isReady());

  await t.test('though nobody asks anything of it, readiness is false', async () => {
    await database.stop();
    await until('readiness was false', async () => (await server.request('GET', '/health/ready')).status === 503, 60_000, 200);
  });
  await t.test('whoever is logged in is told that, not that they are nobody', async () => {
    const answer = await root.call('POST', '/api/v1/brands', { id: 'late', name: 'Too late', time_zone: 'UTC' });
    assert.equal(answer.status, 503, JSON.stringify(answer.body));
  });
  await t.test('SIGTERM stops it in order', async () => {
    const stopped = await within(60_000, 'the server stopped without its database', server.stop());
    assert.equal(stopped.signal, null, server.tail());
  });
  await database.start();
  await server.start();
  assert.equal((await root.call('GET', '/api/v1/me')).status, 200, 'who was logged in still is');
});

test('without its database it does not begin, and says so', { skip: lacking }, async (t) => {
  const server = await Server.fresh('no-database', { store: `postgresql://rapport@127.0.0.1:${await freePort()}/postgres` });
  t.after(() => server.end());
  server.launch();
  const { code } = await within(60_000, 'the server gave up', server.child.ended);
  assert.equal(code, 1, server.tail());
});
