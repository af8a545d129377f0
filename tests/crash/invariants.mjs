// What must be true after every restart.
import assert from 'node:assert/strict';
import { aChat } from './people.mjs';
import { pause, until } from './server.mjs';

const read = (centre, id) => centre.supervisor.must('GET', `/api/v1/interactions/${id}`);

/** Commands whose answer never came are sent again with their keys: now they are answered, once. */
export async function repeatUnanswered(memory) {
  const again = memory.unanswered.splice(0);
  for (const command of again) {
    const answer = await command.person.call(command.method, command.path, command.body, { 'Idempotency-Key': command.key });
    if (answer.status < 300) memory.take(command, answer.body);
    else assert.ok(answer.status < 500 && answer.status !== 401, `${command.method} ${command.path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return again.length;
}

/** Repeated commands give the answers that they gave. */
export async function sameAnswers(commands) {
  for (const { person, method, path, body, key, answer } of commands) {
    const repeated = await person.call(method, path, body, { 'Idempotency-Key': key });
    assert.ok(repeated.status < 300, `${method} ${path} again: ${repeated.status} ${JSON.stringify(repeated.body)}, was ${JSON.stringify(answer)}`);
    assert.deepEqual(repeated.body, answer, `${method} ${path} again`);
  }
}

/** Everything acknowledged is there exactly once, at the number that was told; numbers have no gap. */
export async function nothingLost(centre, memory, ids = memory.started) {
  const found = new Map();
  for (const id of ids) {
    const { events } = await read(centre, id);
    assert.deepEqual(events.map(({ number }) => number), events.map((_, place) => place + 1), `${id}: numbers`);
    assert.equal(new Set(events.map((event) => event.id)).size, events.length, `${id}: an event is there twice`);
    found.set(id, events);
  }
  for (const { method, path, body, answer } of memory.acknowledged) {
    const events = found.get(answer.interaction);
    if (!events || !answer.event) continue;
    const event = events[answer.number - 1];
    assert.equal(event?.id, answer.event, `${method} ${path} was acknowledged as number ${answer.number} of ${answer.interaction}`);
    if (body?.text) assert.equal(event.text, body.text);
  }
  const written = new Map();
  for (const { body, path } of memory.acknowledged) if (body?.kind === 'message') written.set(body.id, path.split('/')[4]);
  for (const [id, interaction] of written) {
    const events = found.get(interaction);
    if (events) assert.equal(events.filter((event) => event.id === id).length, 1, `message ${id} of ${interaction}`);
  }
  return found;
}

/** At most one agent speaks with each customer. */
export async function oneAgentEach(centre) {
  const { agents, interactions } = await centre.supervisor.must('GET', '/api/v1/floor');
  for (const one of interactions) {
    const holders = agents.flatMap((agent) => agent.in_hand.filter((slot) => slot.interaction === one.id && slot.state === 'connected' && !slot.consult).map(() => agent.name));
    assert.ok(holders.length <= 1, `${one.id} is with ${holders}`);
    if (one.stage === 'connected') assert.ok(one.agent, `${one.id} is connected with nobody`);
  }
}

/** Empties the agents' hands: everything that they hold can be left by an action or a timer. */
export async function emptyHands(agents) {
  let held;
  const tried = [];
  const leave = async (agent) => {
    const say = async (method, path, body) => {
      const answer = await agent.call(method, path, body);
      tried.push(`${agent.login} ${path}: ${answer.status} ${answer.body?.code ?? ''}`);
    };
    const { state, interactions } = await agent.must('GET', '/api/v1/me/hands');
    if (state.work_state === 'not_responding') await say('POST', '/api/v1/me/resume');
    if (state.presence === 'available') await say('PUT', '/api/v1/me/presence', { presence: 'break', reason: 'check' });
    for (const slot of state.in_hand) {
      const path = (command) => `/api/v1/interactions/${slot.interaction}/${command}`;
      if (slot.state === 'offered') await say('POST', path('refuse'));
      if (slot.state === 'receiving') await say('POST', path('acknowledge'));
      if (slot.state === 'connected') {
        if (interactions.find((one) => one.id === slot.interaction)?.on_hold) await say('POST', path('resume'));
        await say('POST', path('cancel-transfer'));
        await say('POST', path('end'));
      }
      if (slot.state === 'wrap_up') await say('POST', path('wrap-up'), {});
    }
    return state.in_hand.map((slot) => ({ agent: agent.login, ...slot, live: interactions.find((one) => one.id === slot.interaction) }));
  };
  const end = Date.now() + 60_000;
  do {
    held = (await Promise.all(agents.map(leave))).flat();
    if (held.length) await pause(50);
  } while (held.length && Date.now() < end);
  assert.deepEqual(held, [], `still in hand; the last commands: ${tried.slice(-12).join('; ')}`);
}

/** Each agent can become available, is offered a contact, answers it and is done with it. */
export async function nobodyStuck(centre, memory) {
  await emptyHands(centre.agents);
  for (const agent of centre.agents) {
    await agent.must('PUT', '/api/v1/me/presence', { presence: 'available' });
    const { interactions } = await centre.supervisor.must('GET', '/api/v1/floor');
    if (!interactions.some((one) => one.stage === 'waiting')) {
      const { interaction } = await centre.supervisor.must('POST', '/api/v1/interactions', aChat('billing', 'Next'));
      memory.started.add(interaction);
    }
    await until(`${agent.login} answered a contact that they were offered`, async () => {
      const { state } = await agent.must('GET', '/api/v1/me/hands');
      const offered = state.in_hand.find((slot) => slot.state === 'offered' || slot.state === 'receiving');
      return offered && (await agent.call('POST', `/api/v1/interactions/${offered.interaction}/answer`)).status === 200;
    });
    await emptyHands([agent]);
  }
}

/** What the feed told of an interaction is what the store has, from where the client came in. */
export async function feedTold(feed, found) {
  assert.deepEqual(feed.faults, []);
  let compared = 0;
  for (const [stream, told] of feed.streams) {
    const events = found.get(stream.slice('interaction/'.length));
    if (!events) continue;
    for (const [number, event] of told.events) {
      assert.equal(event.id, events[number - 1]?.id, `${stream}: number ${number}`);
      ++compared;
    }
    (told.snapshot?.events ?? []).forEach((event, place) => assert.equal(event.id, events[place]?.id, `${stream}: snapshot`));
    if (!told.ended && told.seq !== null) await until(`${stream} told everything`, () => told.ended || told.seq >= events.length);
  }
  return compared;
}
