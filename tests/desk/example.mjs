// The centre that the desk's tests work in: one brand, two queues, three agents, a supervisor, somebody
// for quality and an administrator; all made by the API.

const capacity = { voice: 1, chat: 3, email: 3, message: 3 };

const people = [
  { login: "ana", name: "Ana", role: "agent", agent: { skills: { billing: 3 }, capacity } },
  { login: "ben", name: "Ben", role: "agent", agent: { skills: { billing: 1, technical: 4 }, capacity } },
  { login: "cleo", name: "Cleo", role: "agent", agent: { skills: { technical: 2 }, capacity: { ...capacity, chat: 2 } } },
  { login: "sue", name: "Sue", role: "supervisor", agent: { skills: {}, capacity } }, // takes over what runs
  { login: "quinn", name: "Quinn", role: "quality" },
];

/** Nothing runs out while a test looks at it. */
const calm = { offer_seconds: 120, acknowledge_seconds: 600, wrap_up_seconds: 600, refusal_pause_seconds: 600, not_responding_seconds: 600 };

/** Everybody's here: a test machine, loopback. */
export const password_of = (login) => `a pass phrase for ${login}`;

/** Makes it on a server in which nobody is set up yet. `call(url, method, path, headers, body)` asks. */
export async function make_example(url, call) {
  const nobody = {};
  await call(url, "POST", "/api/v1/setup", nobody, { login: "admin", name: "Administrator", password: password_of("admin") });
  const { headers, body } = await call(url, "POST", "/api/v1/login", nobody, { login: "admin", password: password_of("admin") });
  const admin = { Cookie: headers.get("set-cookie").split(";")[0], "X-CSRF-Token": body.csrf_token };
  const make = async (path, made) => (await call(url, "POST", `/api/v1/${path}`, admin, made)).body;
  await make("brands", { id: "northwind", name: "Northwind Energy", time_zone: "Europe/London", language: "en", greeting: "Good to have you here. How can we help?", playbook: "standard" });
  await make("skills", { id: "billing", label: "Billing" });
  await make("skills", { id: "technical", label: "Technical" });
  await make("queues", { id: "general", brand: "northwind", label: "General questions", ...calm });
  await make("queues", { id: "billing", brand: "northwind", label: "Billing", needs: { billing: 1 }, ...calm, overflow_after_seconds: 3600, overflow_to: "general" });
  for (const { login, name, role, agent } of people) {
    const user = await make("users", { login, name, roles: [role], brands: ["northwind"] });
    const { secret } = await make(`users/${user.id}/invitation`);
    await call(url, "POST", "/api/v1/password-resets/complete", nobody, { secret, password: password_of(login) });
    if (agent) await make("agents", { id: user.id, ...agent });
  }
}
