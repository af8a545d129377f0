// kill -9 under load, at random moments: nothing acknowledged is lost, nothing is done twice, nobody is stuck.
// RAPPORT_KILLS (10) times on each store, from RAPPORT_SEED (1).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FeedClient } from './feed_client.mjs';
import { emptyHands, feedTold, nobodyStuck, nothingLost, oneAgentEach, repeatUnanswered, sameAnswers } from './invariants.mjs';
import { Memory, work } from './load.mjs';
import { makeCentre } from './people.mjs';
import { Postgres, lacking } from './postgres.mjs';
import { Server, chance, pause } from './server.mjs';

const kills = Number(process.env.RAPPORT_KILLS ?? 10);
const seed = Number(process.env.RAPPORT_SEED ?? 1);

async function killAgainAndAgain(t, server) {
  const random = chance(seed);
  await server.start();
  const centre = await makeCentre(server, { agents: 3 });
  const memory = new Memory();
  const feed = new FeedClient(centre.supervisor);
  assert.ok(await feed.connect());
  let readyWorst = 0;
  let unanswered = 0;
  let checked = 0;

  for (let kill = 0; kill < kills; ++kill) {
    const fresh = new Set();
    const load = work(centre, memory, seed * 1000 + kill, {
      onStart: (interaction) => {
        fresh.add(interaction);
        feed.subscribe([{ stream: `interaction/${interaction}` }]).catch(() => {});
      },
    });
    await pause(200 + random.below(900));
    await server.kill();
    feed.drop();
    await load.stop();
    const since = memory.acknowledged.slice(checked);
    checked = memory.acknowledged.length;

    const ready = await server.start();
    readyWorst = Math.max(readyWorst, ready);
    for (const interaction of fresh) {
      const stream = `interaction/${interaction}`;
      if (!feed.streams.has(stream)) feed.streams.set(stream, { seq: null, events: new Map() });
    }
    assert.ok(await feed.resume(), 'the feed is there again');
    unanswered += await repeatUnanswered(memory);
    await oneAgentEach(centre);
    await sameAnswers(since);
    // Each round what it touched; at the end everything.
    const touched = new Set([...since.map(({ answer }) => answer.interaction).filter((id) => memory.started.has(id)), ...fresh]);
    await nothingLost(centre, memory, touched);
    assert.deepEqual(feed.faults, []);
    assert.deepEqual(memory.odd, []);
  }

  await nobodyStuck(centre, memory);
  const found = await nothingLost(centre, memory);
  const compared = await feedTold(feed, found);
  await emptyHands(centre.agents);
  assert.ok(memory.acknowledged.length > kills * 5, `only ${memory.acknowledged.length} commands in ${kills} rounds`);
  assert.ok(compared > kills, `only ${compared} events came by the feed`);
  t.diagnostic(`${kills} kills, seed ${seed}: ${memory.acknowledged.length} commands acknowledged, ${memory.started.size} interactions, ${unanswered} commands without an answer sent again, ${compared} events by the feed, ready after at most ${readyWorst} ms`);
  t.diagnostic(`refused: ${JSON.stringify(Object.fromEntries(memory.refusals))}`);
  feed.drop();
  assert.deepEqual(await server.stop(), { code: 0, signal: null }, server.tail());
}

test('SQLite: killed again and again', async (t) => {
  const server = await Server.fresh('kill');
  t.after(() => server.end());
  await killAgainAndAgain(t, server);
});

test('PostgreSQL: killed again and again', { skip: lacking }, async (t) => {
  const database = await Postgres.fresh('kill');
  t.after(() => database.end());
  await database.start();
  const server = await Server.fresh('kill-postgres', { store: database.url });
  t.after(() => server.end());
  await killAgainAndAgain(t, server);
});
