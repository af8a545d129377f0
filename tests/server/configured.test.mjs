// What the configuration file decides of logins and new brands.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { Client, employ, set_up, start, undescribed } from "./server.mjs";

let server, root;

before(async () => {
  server = await start({}, "time_zone: Europe/Lisbon\nlogin: {attempts: 3, lockout: 1 min}\n");
  root = await set_up(server);
});
after(async () => { await server?.stop(); });

test("a brand that names no time zone has the centre's", async () => {
  const made = await root.expect(201, "POST", "/api/v1/brands", { id: "northwind", name: "Northwind" });
  assert.equal(made.time_zone, "Europe/Lisbon");
  const own = await root.expect(201, "POST", "/api/v1/brands", { id: "southsea", name: "Southsea", time_zone: "Asia/Tokyo" });
  assert.equal(own.time_zone, "Asia/Tokyo");
});

test("an account waits after as many wrong passwords as are allowed", async () => {
  await employ(root, "ana", ["agent"], ["northwind"]);
  const guess = () => new Client(server).post("/api/v1/login", { login: "ana", password: "not the right pass phrase" });
  const statuses = [];
  for (let tries = 0; tries < 4; tries += 1) statuses.push((await guess()).body.code);
  assert.deepEqual(statuses, ["wrong_credentials", "wrong_credentials", "wrong_credentials", "locked_out"]);
});

test("every answer was as described", () => assert.deepEqual([...undescribed], []));
