// Interactions at a given rate: each is started, gets 12 commands (answer, eight messages, hold, resume,
// end) and is closed by its wrap-up. Everything is durable before it is answered. The rate is kept whether
// or not the server keeps up (open loop), so that a slow server shows as latency and as a backlog.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { FeedClient } from '../../tests/crash/feed_client.mjs';
import { aChat, makeCentre } from '../../tests/crash/people.mjs';
import { Server, chance, pause } from '../../tests/crash/server.mjs';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '20' }, seconds: { type: 'string', default: '15' }, agents: { type: 'string', default: '8' },
    feeds: { type: 'string', default: '100' }, store: { type: 'string' }, seed: { type: 'string', default: '1' },
  },
});
const [rate, seconds, agentCount, feedCount, seed] = ['rate', 'seconds', 'agents', 'feeds', 'seed'].map((name) => Number(values[name]));
const feedsEachMax = 20;  // that one user may have
if (feedCount > agentCount * (feedsEachMax - 1)) throw new Error(`--feeds ${feedCount}: at most ${feedsEachMax - 1} for each of ${agentCount} agents`);

const random = chance(seed);
const now = () => performance.now();
const lines = ['Good morning, you are speaking with Ana at Northwind Energy. How can I help you today?', 'I understand, let me look at your account.', 'Thank you for waiting.', 'The bill is corrected, you will get a new one tomorrow.', 'Is there anything else that I can do for you?'];

class Times {
  all = [];
  add(ms) {
    this.all.push(ms);
  }
  at(share) {
    const sorted = [...this.all].sort((a, b) => a - b);
    return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : NaN;
  }
  toString() {
    return `p50 ${this.at(0.5).toFixed(1)} ms, p99 ${this.at(0.99).toFixed(1)} ms, most ${this.at(1).toFixed(1)} ms (${this.all.length})`;
  }
}

/** Seconds of one process on the processors: user and system. */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const api = new Times();
const toFeed = new Times();
const sentAt = new Map();  // id of a message → when its command was sent
const tally = { started: 0, closed: 0, refused: new Map(), failed: 0 };
let measuring = false;

async function command(person, method, path, body) {
  const begun = now();
  if (measuring && body?.id) sentAt.set(body.id, begun);
  const answer = await person.call(method, path, body, { 'Idempotency-Key': randomUUID() });
  if (measuring) api.add(now() - begun);
  if (answer.status >= 300) {
    const word = `${path.split('/').at(-1)} ${answer.status} ${answer.body?.code}`;
    tally.refused.set(word, (tally.refused.get(word) ?? 0) + 1);
  }
  return answer;
}

/** An agent's desk: answers what is offered and works it through. */
class Desk {
  constructor(agent) {
    this.agent = agent;
    this.feed = new FeedClient(agent, { keepFrames: false });
    this.feed.onFrame = (frame) => this.take(frame);
  }
  async open() {
    if (!(await this.feed.connect())) throw new Error(`the feed refused a desk: ${this.feed.refused}`);
    await this.feed.subscribe([{ stream: `agent/${this.agent.id}` }]);
  }
  take(frame) {
    const id = frame.event?.id;
    if (id && sentAt.has(id)) {
      toFeed.add(now() - sentAt.get(id));
      sentAt.delete(id);
    }
    if (frame.event?.kind === 'offer') {
      this.handle(frame.event.interaction).catch((error) => {
        ++tally.failed;
        tally.lastFailure = error.message;
      });
    }
  }
  async handle(interaction) {
    const say = (name, body) => command(this.agent, 'POST', `/api/v1/interactions/${interaction}/${name}`, body);
    const stream = `interaction/${interaction}`;
    if ((await say('answer')).status >= 300) return;
    await this.feed.subscribe([{ stream }, { topic: `${stream}/checklist` }]);
    for (let i = 0; i < 8; ++i) {
      if (i === 4) await say('hold');
      if (i === 5) await say('resume');
      await say('events', { kind: 'message', text: random.of(lines), id: randomUUID() });
    }
    await say('end');
    if ((await say('wrap-up', { reason: 'billing', outcome: 'resolved' })).status < 300 && measuring) ++tally.closed;
    this.feed.streams.delete(stream);
    this.feed.topics.delete(`${stream}/checklist`);
  }
}

async function fetchVersion(server) {
  return JSON.parse(server.tail(200).split('\n').find((line) => line.includes('"starting"'))).version;
}

const server = await Server.fresh('load', { store: values.store });
await server.start(60_000);
try {
  const centre = await makeCentre(server, { agents: agentCount });
  for (const agent of centre.agents) {
    await centre.root.must('POST', '/api/v1/agents', { id: agent.id, capacity: { chat: 20 } });
  }
  const desks = centre.agents.map((agent) => new Desk(agent));
  for (const desk of desks) await desk.open();
  const watchers = [];
  for (let i = desks.length; i < feedCount; ++i) {
    const watcher = new FeedClient(centre.agents[i % agentCount], { keepFrames: false });
    if (!(await watcher.connect())) throw new Error(`feed ${i} was refused: ${watcher.refused}`);
    await watcher.subscribe([{ topic: 'queue/billing' }, { topic: 'queue/moves' }, { stream: `agent/${centre.agents[i % agentCount].id}` }]);
    watchers.push(watcher);
  }
  for (const agent of centre.agents) await agent.must('PUT', '/api/v1/me/presence', { presence: 'available' });

  const pid = server.child.pid;
  const before = { server: cpuSeconds(pid), own: process.cpuUsage() };
  const begun = now();
  measuring = true;
  const under = [];
  for (let i = 0; now() - begun < seconds * 1000; ++i) {
    const due = begun + (i * 1000) / rate;
    if (due > now()) await pause(due - now());
    ++tally.started;
    under.push(command(centre.supervisor, 'POST', '/api/v1/interactions', aChat(random.of(['billing', 'moves']), `Customer ${i}`)).catch(() => ++tally.failed));
  }
  const took = (now() - begun) / 1000;
  const closedInTime = tally.closed;
  const own = process.cpuUsage(before.own);
  const cpu = { server: cpuSeconds(pid) - before.server, own: (own.user + own.system) / 1e6 };
  measuring = false;
  await Promise.all(under);
  const { interactions } = await centre.supervisor.must('GET', '/api/v1/floor');

  console.log(`rapport ${await fetchVersion(server)}, ${values.store ? 'PostgreSQL' : 'SQLite'}, ${availableParallelism?.() ?? cpus().length} cores, load average ${loadavg()[0].toFixed(1)} (of all that ran beside it)`);
  console.log(`asked for          ${rate} interactions/s for ${took.toFixed(1)} s, ${agentCount} agents, ${desks.length + watchers.length} feeds, seed ${seed}`);
  console.log(`achieved           ${(closedInTime / took).toFixed(1)} interactions/s closed (${tally.started} started, ${closedInTime} closed in time, ${interactions.length} live afterwards)`);
  console.log(`API                ${api}`);
  console.log(`command to feed    ${toFeed}`);
  console.log(`server's CPU       ${cpu.server.toFixed(2)} s, ${((100 * cpu.server) / took).toFixed(0)} % of a core, ${((1000 * cpu.server) / Math.max(1, closedInTime)).toFixed(2)} ms an interaction`);
  console.log(`generator's CPU    ${cpu.own.toFixed(2)} s, ${((100 * cpu.own) / took).toFixed(0)} % of a core`);
  if (tally.refused.size) console.log(`refused            ${JSON.stringify(Object.fromEntries(tally.refused))}`);
  if (tally.failed) console.log(`failed             ${tally.failed}, the last: ${tally.lastFailure}`);
  for (const client of [...desks.map((desk) => desk.feed), ...watchers]) client.drop();
} finally {
  await server.stop();
}
process.exit(0);
