// The disk full and free again: refused by name meanwhile, nothing acknowledged lost, no restart needed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { test } from 'node:test';
import { nobodyStuck, nothingLost, oneAgentEach, repeatUnanswered, sameAnswers } from './invariants.mjs';
import { Memory, work } from './load.mjs';
import { aChat, makeCentre } from './people.mjs';
import { Server, pause, until } from './server.mjs';

const namespaces = spawnSync('unshare', ['--map-root-user', '--mount', 'true']).status === 0;

/** Fills what is left, again and again while the server frees some: until `over`. */
async function fill(path, over) {
  const file = openSync(path, 'a');
  try {
    for (let end = Date.now() + 120_000; ; await pause(20)) {
      assert.ok(Date.now() < end, 'the server noticed that the disk is full');
      try {
        for (;;) writeSync(file, Buffer.alloc(4096));
      } catch (error) {
        if (error.code !== 'ENOSPC') throw error;
      }
      if (over()) return;
    }
  } finally {
    closeSync(file);
  }
}

test('SQLite: the disk full and free again', { skip: namespaces ? false : 'a file system of its own needs unshare --map-root-user --mount' }, async (t) => {
  const server = await Server.fresh('disk', { disk: 64 << 20 });
  t.after(() => server.end());
  await server.start();
  const centre = await makeCentre(server, { agents: 2 });
  const memory = new Memory();
  for (let round = 0; round < 2; ++round) {
    const before = memory.acknowledged.length;
    const load = work(centre, memory, 11 + round);
    await until('the centre was busy', () => memory.acknowledged.length > before + 10);
    let refused;
    // What is in the transaction that fails is answered when it is known to be done; what comes after it, at once.
    const ask = () => centre.supervisor.call('POST', '/api/v1/interactions', aChat('billing', 'No room')).then((answer) => {
      if (answer.body.code === 'store_unavailable') refused = answer;
    }, () => {});
    await fill(server.inside('filler'), () => {
      ask();
      return refused;
    });
    assert.equal(refused.status, 503);
    assert.match(refused.headers['content-type'], /problem\+json/);
    assert.equal((await server.request('GET', '/health/live')).status, 200, 'it lives');
    await until('readiness was false', async () => (await server.request('GET', '/health/ready')).status === 503);
    rmSync(server.inside('filler'));
    await until('the server was ready again', () => server.isReady());
    const freed = memory.acknowledged.length;
    await until('the work went on', () => memory.acknowledged.length > freed + 10);
    await load.stop();
    await repeatUnanswered(memory);
    await sameAnswers(memory.acknowledged.slice(-20));
    await oneAgentEach(centre);
    await nothingLost(centre, memory);
    assert.deepEqual(memory.odd, []);
  }
  await nobodyStuck(centre, memory);
  await nothingLost(centre, memory);
  assert.deepEqual(await server.stop(), { code: 0, signal: null }, server.tail());
});
