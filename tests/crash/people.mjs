// A small centre, and people who are logged in to it.
import assert from 'node:assert/strict';

export class Person {
  constructor(server) {
    this.server = server;
    this.headers = {};
  }
  call(method, path, body, headers = {}) {
    return this.server.request(method, path, body, { ...this.headers, ...headers });
  }
  /** The answer's body; anything but success fails the test. */
  async must(method, path, body, headers = {}) {
    const answer = await this.call(method, path, body, headers);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  async logIn(login, password) {
    const answer = await this.server.request('POST', '/api/v1/login', { login, password });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    this.headers = { Cookie: answer.headers['set-cookie'][0].split(';')[0], 'X-CSRF-Token': answer.body.csrf_token };
    this.me = answer.body.me;
    this.id = this.me.user;
    this.login = login;
    return this;
  }
}

const passphrase = (login) => `a long pass phrase of ${login}`;

/** The first administrator. */
export async function setUp(server) {
  const root = new Person(server);
  await root.must('POST', '/api/v1/setup', { login: 'root', name: 'Root', password: passphrase('root') });
  return root.logIn('root', passphrase('root'));
}

export async function addPerson(root, login, roles, brands = ['northwind']) {
  const user = await root.must('POST', '/api/v1/users', { login, name: login, roles, brands });
  const { secret } = await root.must('POST', `/api/v1/users/${user.id}/invitation`);
  await new Person(root.server).must('POST', '/api/v1/password-resets/complete', { secret, password: passphrase(login) });
  return new Person(root.server).logIn(login, passphrase(login));
}

/** Short timers: what runs out by itself does so within the test. */
export const quick = {
  offer_seconds: 4, acknowledge_seconds: 4, wrap_up_seconds: 2, refusal_pause_seconds: 1, not_responding_seconds: 2,
};

/** Nothing runs out by itself. */
export const calm = { offer_seconds: 120, acknowledge_seconds: 120, wrap_up_seconds: 120 };

/** A brand, two queues, agents and one supervisor. */
export async function makeCentre(server, { agents = 4, timers = quick } = {}) {
  const root = await setUp(server);
  await root.must('POST', '/api/v1/brands', { id: 'northwind', name: 'Northwind Energy', time_zone: 'Europe/London' });
  for (const id of ['billing', 'moves']) await root.must('POST', '/api/v1/queues', { id, brand: 'northwind', label: id, ...timers });
  const team = [];
  for (let i = 0; i < agents; ++i) team.push(await addPerson(root, `agent${i}`, ['agent']));
  const supervisor = await addPerson(root, 'sue', ['supervisor']);
  return { root, agents: team, supervisor };
}

export const aChat = (queue, name) => ({ channel: 'chat', brand: 'northwind', queue, customer: { name, known: { account_number: '88123' } } });
