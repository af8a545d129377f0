// The live feed of a real server: what comes, in which order, and who may see it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FeedClient } from './feed_client.mjs';
import { aChat, calm, makeCentre } from './people.mjs';
import { Server, until, within } from './server.mjs';

let server;
let centre;
const clients = [];

async function listen(person) {
  const client = new FeedClient(person);
  clients.push(client);
  assert.ok(await client.connect(), `the feed refused: ${client.refused}`);
  return client;
}

/** A chat that the agent has answered. */
async function answered(agent, name) {
  const { interaction } = await centre.supervisor.must('POST', '/api/v1/interactions', { ...aChat('billing', name), last_agent: agent.id });
  await agent.call('PUT', '/api/v1/me/presence', { presence: 'available' });
  await until('the chat was offered', async () => {
    const { interactions } = await agent.must('GET', '/api/v1/me/hands');
    return interactions.some((one) => one.id === interaction);
  });
  await agent.must('POST', `/api/v1/interactions/${interaction}/answer`);
  return interaction;
}
const say = (agent, interaction, text) => agent.must('POST', `/api/v1/interactions/${interaction}/events`, { kind: 'message', text });
async function finish(agent, interaction) {
  await agent.must('POST', `/api/v1/interactions/${interaction}/end`);
  await agent.must('POST', `/api/v1/interactions/${interaction}/wrap-up`, { reason: 'billing', outcome: 'resolved' });
  await agent.call('PUT', '/api/v1/me/presence', { presence: 'offline' });
}

before(async () => {
  server = await Server.fresh('feed');
  await server.start();
  centre = await makeCentre(server, { agents: 2, timers: calm });
});
after(async () => {
  for (const client of clients) client.drop();
  await server.stop();
});

test('without credentials the feed is refused', async () => {
  const stranger = new FeedClient({ server, headers: {} });
  assert.equal(await stranger.connect(), false);
  assert.equal(stranger.refused, 401);
  const forged = new FeedClient({ server, headers: { Authorization: 'Bearer nonsense' } });
  assert.equal(await forged.connect(), false);
  assert.equal(forged.refused, 401);
});

test("an interaction's stream gives every event once, in order, as the API tells it", async () => {
  const [agent] = centre.agents;
  const interaction = await answered(agent, 'Pat');
  const stream = `interaction/${interaction}`;
  const desk = await listen(agent);
  assert.deepEqual(await desk.subscribe([{ stream }, { stream: `conversation/${interaction}` }]), []);
  await until('the snapshot came', () => desk.stream(stream).snapshot);
  const texts = ['Good morning', 'One moment, please', 'Thank you for waiting', 'Ünïcödé 🙂 "quoted" \\ back'];
  for (const text of texts) await say(agent, interaction, text);
  await agent.must('POST', `/api/v1/interactions/${interaction}/hold`);
  await agent.must('POST', `/api/v1/interactions/${interaction}/resume`);
  await finish(agent, interaction);
  await until('the stream ended', () => desk.stream(stream).ended === 'closed');
  const { events } = await centre.supervisor.must('GET', `/api/v1/interactions/${interaction}`);
  const told = desk.stream(stream);
  const all = [...told.snapshot.events, ...told.events.values()];
  assert.deepEqual(all.map((event) => event.id), events.map((event) => event.id));
  assert.deepEqual(events.map((event) => event.number), events.map((_, place) => place + 1));
  const shown = desk.stream(`conversation/${interaction}`);
  const customersView = [...shown.snapshot.events, ...shown.events.values()].filter((event) => event.kind === 'message').map((event) => event.text);
  assert.deepEqual(customersView, texts);
  assert.deepEqual(desk.faults, []);
});

test('a broken connection resumes at its cursor without gap or repeat', async () => {
  const [agent] = centre.agents;
  const interaction = await answered(agent, 'Kim');
  const stream = `interaction/${interaction}`;
  const desk = await listen(agent);
  await desk.subscribe([{ stream }]);
  await until('the snapshot came', () => desk.stream(stream).snapshot);
  const texts = [];
  for (let round = 0; round < 5; ++round) {
    for (let i = 0; i < 4; ++i) {
      if (i === 2) desk.drop();
      texts.push(`message ${round}.${i}`);
      await say(agent, interaction, texts.at(-1));
    }
    assert.ok(await desk.resume());
  }
  await desk.seen(stream, 'the last message', (events) => events.some((event) => event.text === texts.at(-1)));
  assert.deepEqual(desk.faults, []);
  assert.equal(desk.stream(stream).resets, 1, 'the snapshot came once; later what was missed');
  const written = [...desk.stream(stream).events.values()].filter((event) => event.kind === 'message').map((event) => event.text);
  assert.deepEqual(written, texts);
  await finish(agent, interaction);
});

test("a cursor that nobody gave begins with a snapshot, and another stream's too", async () => {
  const [agent] = centre.agents;
  const interaction = await answered(agent, 'Lou');
  const desk = await listen(agent);
  assert.deepEqual(await desk.subscribe([{ stream: `interaction/${interaction}`, after: 'of yesterday' }, { stream: `agent/${agent.id}`, after: 'AAAA' }]), []);
  await until('both snapshots came', () => desk.stream(`interaction/${interaction}`).snapshot && desk.stream(`agent/${agent.id}`).snapshot);
  assert.deepEqual(desk.faults, []);
  await finish(agent, interaction);
});

test("an agent may not see another's contact, nor another's desk, nor an inbox", async () => {
  const [agent, other] = centre.agents;
  const interaction = await answered(agent, 'Max');
  const nosy = await listen(other);
  const names = [
    { stream: `interaction/${interaction}` }, { stream: `conversation/${interaction}` }, { stream: `agent/${agent.id}` },
    { topic: `agent/${agent.id}` }, { topic: `interaction/${interaction}/checklist` }, { topic: `interaction/${interaction}/typing` }, { topic: `live/${interaction}` },
  ];
  const errors = await nosy.subscribe(names);
  assert.deepEqual(errors.map(({ error, item }) => [item, error]).sort(), names.map((_, item) => [item, 'forbidden']).sort());
  assert.deepEqual(await nosy.subscribe([{ stream: 'interaction/00000000-0000-4000-8000-000000000000' }]).then((all) => all.map(({ error }) => error)), ['forbidden'], 'and what is not there looks the same');
  assert.deepEqual(await nosy.subscribe([{ stream: 'secrets/1' }]).then((all) => all.map(({ error }) => error)), ['unknown_name']);
  await say(agent, interaction, 'between us');
  await nosy.subscribe([{ stream: `agent/${other.id}` }]);
  assert.ok(!JSON.stringify(nosy.frames).includes('between us'));
  await finish(agent, interaction);
});

test('the inbox of flags is of a brand, and for those who may read it', async () => {
  const inbox = await listen(centre.supervisor);
  assert.deepEqual(await inbox.subscribe([{ stream: 'flags/northwind' }, { stream: 'help/northwind' }]), []);
  const desk = await listen(centre.agents[0]);
  const refused = await desk.subscribe([{ stream: 'flags/northwind' }, { stream: 'help/northwind' }]);
  assert.deepEqual(refused.map(({ error }) => error), ['forbidden', 'forbidden']);
});

test('after a transfer the feed lets in whom the API lets in', async () => {
  const [agent, other] = centre.agents;
  const interaction = await answered(agent, 'Ned');
  const stream = `interaction/${interaction}`;
  const desk = await listen(agent);
  assert.deepEqual(await desk.subscribe([{ stream }]), []);
  await other.call('PUT', '/api/v1/me/presence', { presence: 'available' });
  await agent.must('POST', `/api/v1/interactions/${interaction}/transfer`, { to: 'agent', target: other.id });
  await until('it was offered', async () => (await other.must('GET', '/api/v1/me/hands')).interactions.length);
  await other.must('POST', `/api/v1/interactions/${interaction}/answer`);
  await agent.call('POST', `/api/v1/interactions/${interaction}/wrap-up`, {});
  const readable = (await agent.call('GET', `/api/v1/interactions/${interaction}`)).status === 200;
  const again = await listen(agent);
  const errors = await again.subscribe([{ stream }]);
  assert.equal(errors.length === 0, readable, 'the feed lets in whom the API lets in');
  await finish(other, interaction);
  await agent.call('PUT', '/api/v1/me/presence', { presence: 'offline' });
});

test('the checklist ticks when the agent greets, and cues come on the stream of the desk', async () => {
  const [agent] = centre.agents;
  const desk = await listen(agent);
  await desk.subscribe([{ stream: `agent/${agent.id}` }]);
  const interaction = await answered(agent, 'Pat Brown');
  const topic = `interaction/${interaction}/checklist`;
  assert.deepEqual(await desk.subscribe([{ topic }]), []);
  const state = (word) => (desk.topics.get(topic)?.value?.items ?? []).filter((item) => item.state === word).map((item) => item.practice);
  await until('there was something to do', () => state('open').length > 0);
  assert.ok(!state('met').some((practice) => practice.includes('greet')), 'nothing was said yet');
  await say(agent, interaction, 'Good morning, you are speaking with agent0 at Northwind Energy. How can I help you today?');
  await until('the greeting was ticked', () => state('met').some((practice) => practice.includes('greet')));
  const kinds = () => [...desk.stream(`agent/${agent.id}`).events.values()].map((event) => event.kind);
  assert.ok(kinds().includes('offer') && kinds().includes('connected'), kinds().join(' '));
  await agent.must('POST', `/api/v1/interactions/${interaction}/hold`);
  await agent.must('POST', `/api/v1/interactions/${interaction}/resume`);
  await say(agent, interaction, 'You have to calm down. That is not my problem.');
  // The stream also tells what came in the agent's earlier conversations.
  const cued = () => [...desk.stream(`agent/${agent.id}`).events.values()].find((event) => event.kind === 'cue' && event.interaction === interaction);
  await until('a cue came', () => cued() !== undefined);
  const cue = cued();
  assert.ok(cue.practice && cue.text, JSON.stringify(cue));
  await finish(agent, interaction);
});

test('malformed frames are refused by name and cost the others nothing', async () => {
  const [agent, other] = centre.agents;
  const hostile = await listen(other);
  hostile.send('hello?');
  hostile.send({ subscribe: 'everything', id: 4 });
  await until('both were refused', () => hostile.frames.filter((frame) => frame.error === 'bad_frame').length === 2);
  for (let i = 0; i < 30; ++i) hostile.send('{"');
  assert.equal((await hostile.closed).code, 4010);
  const desk = await listen(agent);
  assert.deepEqual(await desk.subscribe([{ stream: `agent/${agent.id}` }]), []);
});

test('whoever logs out hears nothing more', async () => {
  const guest = centre.supervisor;
  const client = await listen(guest);
  await client.subscribe([{ topic: 'queue/billing' }]);
  await guest.must('POST', '/api/v1/logout');
  const how = await within(60_000, 'the connection was closed', client.closed);
  assert.equal(how.code, 4001);
});
