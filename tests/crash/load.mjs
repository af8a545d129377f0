// Agents at work, by seeded chance; what was acknowledged is remembered.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { aChat } from './people.mjs';
import { NoAnswer, chance, pause } from './server.mjs';

/** What the server said to whom. Every command has a key of its own. */
export class Memory {
  constructor() {
    this.acknowledged = [];  // {person, method, path, body, key, answer}
    this.unanswered = [];    // the same, without an answer: done or not, nobody knows
    this.started = new Set();
    this.refusals = new Map();
    this.odd = [];           // answers that no command may give
  }

  async send(person, method, path, body) {
    const command = { person, method, path, body, key: randomUUID() };
    try {
      const answer = await person.call(method, path, body, { 'Idempotency-Key': command.key });
      if (answer.status < 300) this.take(command, answer.body);
      else if ([401, 429].includes(answer.status) || (answer.status >= 500 && answer.status !== 503)) this.odd.push(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      else this.count(`${path.split('/').at(-1)} ${answer.body.code ?? answer.status}`);
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.unanswered.push(command);
      throw error;
    }
  }

  count(refusal) {
    this.refusals.set(refusal, (this.refusals.get(refusal) ?? 0) + 1);
  }

  take(command, answer) {
    this.acknowledged.push({ ...command, answer });
    if (command.path === '/api/v1/interactions') this.started.add(answer.interaction);
  }
}

const lines = ['Good morning, how can I help you today?', 'I understand, let me look.', 'Thank you for waiting.', 'Is there anything else?', 'The bill is corrected now.'];

/** One command of an agent, chosen from what the state of their contacts allows. */
function nextCommand(agent, others, hands, random) {
  const of = (name) => (hands.state?.in_hand ?? []).filter((slot) => slot.state === name);
  const path = (slot, command) => `/api/v1/interactions/${slot.interaction}/${command}`;
  if (hands.state?.work_state === 'not_responding') return ['POST', '/api/v1/me/resume', undefined];
  if (hands.state?.presence !== 'available') return ['PUT', '/api/v1/me/presence', { presence: 'available' }];
  if (of('receiving').length) return ['POST', path(of('receiving')[0], 'acknowledge')];
  if (of('offered').length && random() < 0.9) return ['POST', path(of('offered')[0], random() < 0.9 ? 'answer' : 'refuse')];
  if (of('wrap_up').length && random() < 0.5) return ['POST', path(random.of(of('wrap_up')), 'wrap-up'), { reason: 'billing', outcome: 'resolved' }];
  if (!of('connected').length) return null;
  const slot = random.of(of('connected'));
  const live = hands.interactions.find((one) => one.id === slot.interaction);
  const dice = random();
  if (live?.on_hold) return ['POST', path(slot, 'resume')];
  if (slot.consult && dice < 0.5) return null;
  if (dice < 0.5) return ['POST', path(slot, 'events'), { kind: 'message', text: random.of(lines), id: randomUUID() }];
  if (dice < 0.6) return ['POST', path(slot, 'hold')];
  if (dice < 0.65) return ['POST', path(slot, 'transfer'), { to: 'queue', target: random.of(['billing', 'moves']) }];
  if (dice < 0.7) return ['POST', path(slot, 'transfer'), { to: 'agent', target: random.of(others).id, warm: random() < 0.7 }];
  if (dice < 0.85) return ['POST', path(slot, 'complete-transfer')];
  if (dice < 0.88) return ['POST', path(slot, 'cancel-transfer')];
  if (dice < 0.9) return ['POST', path(slot, 'put-back')];
  return ['POST', path(slot, 'end')];
}

/** Everybody works until `stop` is called; broken connections end a worker's loop. */
export function work({ agents, supervisor }, memory, seed, { waitingMax = 12, onStart } = {}) {
  let over = false;
  /** Null: the store cannot be read for a moment. */
  const read = async (who, where) => {
    const answer = await who.call('GET', where);
    if (answer.status === 200) return answer.body;
    assert.equal(answer.status, 503, `${where}: ${JSON.stringify(answer.body)}`);
    await pause(20);
    return null;
  };
  const agentLoop = async (agent, place) => {
    const random = chance(seed * 31 + place);
    const others = agents.filter((one) => one !== agent);
    while (!over) {
      const hands = await read(agent, '/api/v1/me/hands');
      const command = hands && nextCommand(agent, others, hands, random);
      if (command) await memory.send(agent, ...command);
      else await pause(5);
    }
  };
  const customers = async () => {
    const random = chance(seed * 31 + 1000);
    while (!over) {
      const floor = await read(supervisor, '/api/v1/floor');
      if (!floor) continue;
      const waiting = floor.queues.reduce((sum, queue) => sum + queue.waiting, 0);
      if (waiting >= waitingMax) {
        await pause(20);
        continue;
      }
      const answer = await memory.send(supervisor, 'POST', '/api/v1/interactions', aChat(random.of(['billing', 'moves']), `Customer ${memory.started.size}`));
      if (answer.status < 300) onStart?.(answer.body.interaction);
    }
  };
  const broken = [];
  const loops = [...agents.map(agentLoop), customers(), customers()].map((loop) => loop.catch((error) => {
    if (!(error instanceof NoAnswer)) broken.push(error);
  }));
  return {
    async stop() {
      over = true;
      await Promise.all(loops);
      if (broken.length) throw broken[0];
    },
  };
}
