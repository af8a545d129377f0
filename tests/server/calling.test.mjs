// Lists of numbers to be called, where there is no trunk: making them, filling them by a file, how far they
// are, what comes out; nobody is called.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { employ, set_up, start, undescribed } from "./server.mjs";

const list = { id: "winter", brand: "northwind", queue: "support", label: "Winter check", purpose: "a free check of the boiler", window: "09:00-18:00", caller_number: "020 7946 0999" };
const entries = "/api/v1/calling-lists/winter/entries";
let server, root, ana, sue;

before(async () => {
  server = await start();
  root = await set_up(server);
  await root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind Energy", region: "GB" });
  await root.expect(201, "POST", "/api/v1/brands", { id: "southsea", name: "Southsea Water", region: "GB" });
  await root.expect(201, "POST", "/api/v1/queues", { id: "support", brand: "northwind", label: "Support" });
  [ana, sue] = await Promise.all([employ(root, "ana", ["agent"], ["northwind"]), employ(root, "sue", ["supervisor"], ["southsea"])]);
});
after(async () => {
  await server?.stop();
  assert.deepEqual([...undescribed], []);
});

const fill = async (csv, query = "") => {
  const answer = await root.request("POST", entries + query, { raw: csv, headers: { "Content-Type": "text/csv" } });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const progress = () => root.expect(200, "GET", "/api/v1/calling-lists/winter/progress");

test("a list is made, changed, and seen by its brand's people alone", async () => {
  const made = await root.expect(201, "POST", "/api/v1/calling-lists", list);
  assert.equal(made.caller_number, "+442079460999");
  assert.deepEqual([made.attempts_max, made.active, made.busy_minutes], [3, true, 15]);
  await ana.expect(200, "GET", "/api/v1/calling-lists/winter");
  await ana.refused(403, "not_permitted", "PUT", "/api/v1/calling-lists/winter", list, { "If-Match": '"1"' });
  assert.deepEqual((await sue.expect(200, "GET", "/api/v1/calling-lists")).items, []);
  await sue.expect(404, "GET", "/api/v1/calling-lists/winter/progress");
  await root.expect(200, "PUT", "/api/v1/calling-lists/winter", { ...list, attempts_max: 2 }, { "If-Match": '"1"' });
  for (const wrong of [{ window: "18:00-09:00" }, { window: "soon" }, { attempts_max: 0 }, { queue: "nowhere" }, { purpose: "" }, { begins: "tomorrow" }]) await root.refused(422, "invalid", "POST", "/api/v1/calling-lists", { ...list, id: "other", ...wrong });
});

test("a file fills it: what cannot be read is named, the rest is added, a repeat adds nothing", async () => {
  const csv = "number,name,reference,boiler\r\n020 7946 0123,Grace Hill,C-1,2009\r\nnobody,Ann,C-2,\r\n0909 879 0000,Dear,C-3,\r\n020 7946 0124,\"Bo, b\",C-4,\r\n020 7946 0125,\"never closed,C-5,\r\n";
  assert.deepEqual([(await fill(csv, "?dry_run=true")).added, (await progress()).all], [2, 0]);
  const first = await fill(csv);
  assert.deepEqual([first.added, first.already_there, first.no_room], [2, 0, 0]);
  assert.deepEqual(first.refused.map(({ line, place, column, found }) => [line, place, column, found]), [[3, 1, "number", "nobody"], [4, 1, "number", "0909 879 0000"], [6, 15, undefined, undefined]]);
  assert.ok(first.refused.every((one) => one.expected.length > 3));
  const again = await fill(csv);
  assert.deepEqual([again.added, again.already_there], [0, 2]);
  assert.deepEqual(await progress(), { all: 2, waiting: 2, in_hand: 0, calling: 0, reached: 0, not_reached: 0, refused: 0, wrong: 0, skipped: 0 });
  assert.ok((await fill("name\nAnn\n")).refused.length > 0);
  assert.equal(first.whole, true);
  const worst = await fill(`number,name\n${"nobody,Ann\nalone\n".repeat(600)}020 7946 0126,Late\n`);
  assert.deepEqual([worst.refused.length, worst.refused.at(-1).line, worst.added, worst.whole], [1_000, 1_001, 0, false]);
});

test("they outlive a crash, and come out as a file that says what came of each", async () => {
  await server.crash();
  assert.equal((await progress()).all, 2);
  const answer = await root.get("/api/v1/calling-lists/winter/results");
  assert.equal(answer.status, 200);
  const lines = answer.text.trim().split("\r\n");
  assert.equal(lines[0], "reference,number,name,state,came,attempts,called_at,next_at,agent,interaction,reason");
  assert.match(lines[1], /^C-1,\+442079460123,Grace Hill,waiting,nothing,0,,/);
  assert.match(lines[2], /^C-4,\+442079460124,"Bo, b",waiting,/);
  const audit = await root.expect(200, "GET", "/api/v1/audit");
  for (const action of ["calling_list.fill", "calling_list.export"]) assert.ok(audit.items.some((one) => one.action === action), action);
  assert.ok(!JSON.stringify(audit).includes("Grace"));
});

test("who is erased is on no list any more", async () => {
  const customer = await ana.expect(201, "POST", "/api/v1/customers", { brand: "northwind", name: "Flo Gone", identifiers: [{ type: "tel", value: "020 7946 0199" }] });
  await fill("number,reference\n020 7946 0199,C-9\n");
  assert.equal((await progress()).all, 3);
  await root.expect(204, "DELETE", `/api/v1/customers/${customer.id}`);
  assert.equal((await progress()).all, 2);
  await server.crash();
  assert.equal((await progress()).all, 2);
});

test("a removed list is gone with all its entries", async () => {
  await root.expect(204, "DELETE", "/api/v1/calling-lists/winter");
  await root.expect(404, "GET", "/api/v1/calling-lists/winter/progress");
  await server.crash();
  await root.expect(201, "POST", "/api/v1/calling-lists", list);
  assert.equal((await progress()).all, 0);
});

test("without a trunk nobody is called", async () => {
  await fill("number\n020 7946 0123\n");
  await ana.refused(409, "no_trunk", "POST", "/api/v1/me/preview");
  assert.equal((await ana.expect(200, "GET", "/api/v1/me/preview")).preview, null);
  await ana.refused(409, "no_preview", "POST", "/api/v1/me/preview/settle", { entry: "x", came: "skipped", reason: "no" });
});
