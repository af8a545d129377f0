// Calling somebody from the desk: what is refused is said plainly, how their line stands is seen, and both
// hear each other in the browser. Dialled on the agent's own telephone it is seen just so.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { free_udp_port, hears, listen_in, open_speaking_browser } from "./calls.mjs";
import { by_api, eventually, start_centre } from "./centre.mjs";
import { open_network } from "./network.mjs";
import { assert_accessible_both, photograph, sign_in, sit_down } from "./people.mjs";
import { Carrier } from "../phone/carrier.mjs";
import { DeskPhone } from "../phone/desk_phone.mjs";

const agents_hertz = 1000;
const loud = 4000; // of a tone sent with a peak of 8000
const clear_db = 25;

let centre, network, browser, carrier, ana, sip;
before(async () => {
  carrier = await Carrier.open({ hertz: 700, manner: "rings" });
  sip = await free_udp_port();
  const env = { RAPPORT_PHONE_SIP: `udp:127.0.0.1:${sip}`, RAPPORT_PHONE_TRUNKS: carrier.setting("carrier", " number=+442079460777"), RAPPORT_PHONE_COUNTRIES: "GB", RAPPORT_PHONE_CALL_HOURS: "00:00-24:00", RAPPORT_PHONE_RING_TIME: "50s" };
  [centre, browser] = await Promise.all([start_centre({ env }), open_speaking_browser(agents_hertz)]);
  network = await open_network(centre.port);
  ana = await sit_down(browser, network.url, { before: listen_in });
  await sign_in(ana, "ana", centre.password("ana"));
  const phone = ana.getByRole("region", { name: "Phone" });
  await phone.getByRole("button", { name: "Use this browser" }).click();
  await phone.getByRole("status").filter({ hasText: "Phone ready" }).waitFor();
});
after(async () => {
  await browser?.close();
  await network?.close();
  await centre?.stop();
  carrier?.close();
});

const dialog = () => ana.getByRole("dialog", { name: "Call somebody" });

test("a key opens the dial box; a number that may not be called is refused in words", async () => {
  await eventually("presence is known", async () => (await ana.getByRole("button", { name: "Become available" }).count()) > 0);
  await ana.keyboard.press("Control+d");
  await dialog().getByLabel("Number").fill("999");
  await dialog().getByLabel("What for").fill("meter reading");
  await dialog().getByRole("button", { name: "Call", exact: true }).click();
  await dialog().getByText("Emergency numbers are not called from here").waitFor();
  await assert_accessible_both(ana, "dial box");
  assert.equal(carrier.calls.length, 0);
});

test("the customer's phone rings, they answer, agree by a key to be recorded, and both hear each other", async () => {
  const root = await by_api(centre, "admin");
  const brand = await root("GET", "/api/v1/brands/northwind");
  // Long enough to be looked at while it is asked: eight seconds behind it no key is an answer.
  const question = "May this call be recorded? Press 1 for yes. ".repeat(40);
  await root("PUT", "/api/v1/brands/northwind", { ...brand, placed_recording: "prompt", placed_prompt: question }, { "If-Match": `"${brand.version}"` });
  await ana.keyboard.press("Escape");
  await ana.getByRole("button", { name: "Become available" }).first().click();
  await ana.getByRole("button", { name: /^Presence: Available/ }).waitFor();
  await ana.keyboard.press("Control+d");
  await dialog().getByLabel("Number").fill("+44 20 7946 0123");
  await dialog().getByRole("button", { name: "Call", exact: true }).click();
  await ana.getByRole("banner").or(ana.locator("header")).getByText("The customer's phone rings…").first().waitFor();
  await assert_accessible_both(ana, "ringing");
  const call = carrier.calls.at(-1);
  assert.equal(call.to, "+442079460123");
  call.answer();
  const leave = ana.getByRole("region", { name: "What this call is for" });
  await leave.getByText("They hear a question now").waitFor();
  assert.equal(await leave.getByRole("button").count(), 0, "the key decides");
  await assert_accessible_both(ana, "a question that a key answers");
  await carrier.end.press("1");
  await leave.getByText("They agreed: it is recorded.").waitFor();
  await eventually("both hear each other", async () => carrier.end.hears(agents_hertz, Date.now() - 400) > loud && (await hears(ana, 700)) > clear_db);
  await ana.getByText("The customer answered").waitFor();
  await ana.getByRole("button", { name: "Call +442079460123" }).waitFor();
});

test("the call leaves for a number outside: a dear one is refused in words, it is kept after all, then somebody answers there", async () => {
  const customers = carrier.calls.at(-1);
  const send = async (number) => {
    await ana.getByLabel("Number", { exact: true }).fill(number);
    await ana.getByRole("button", { name: "Transfer for good" }).click();
  };
  const choose = async () => {
    await ana.getByRole("button", { name: /^Transfer/ }).first().click();
    await ana.getByLabel("To whom").selectOption({ label: "A telephone number" });
  };
  await choose();
  await send("+44 909 879 0000");
  await ana.getByRole("alert").filter({ hasText: "This number costs more than a call" }).waitFor();
  await assert_accessible_both(ana, "a transfer outside");
  await photograph(ana, "transfer-outside");
  await send("+44 20 7946 0200");
  const leaving = ana.getByRole("region", { name: "Transfer to +442079460200" });
  await leaving.getByText("It rings at +442079460200").waitFor();
  await assert_accessible_both(ana, "leaving");
  await photograph(ana, "leaving");
  const first = carrier.calls.at(-1);
  assert.equal(first.to, "+442079460200");
  await leaving.getByRole("button", { name: "Keep the conversation" }).click();
  await eventually("it rings there no more", () => first.cancelled);
  await leaving.waitFor({ state: "detached" });
  await eventually("both hear each other again", async () => carrier.end.hears(agents_hertz, Date.now() - 400) > loud && (await hears(ana, 700)) > clear_db);
  await choose();
  await send("+44 20 7946 0200");
  await leaving.getByText("It rings at +442079460200").waitFor();
  const second = await eventually("it is dialled anew", () => carrier.calls.at(-1) !== first && carrier.calls.at(-1));
  second.answer();
  await ana.getByText("wrap-up").first().waitFor();
  await ana.getByText("let the call leave for +442079460200").waitFor();
  assert.ok(!customers.ended && !second.ended, "they have each other");
  carrier.hang_up(second);
  await eventually("the customer is hung up on", () => customers.ended);
  assert.deepEqual(ana.troubles.filter((one) => !one.includes("403")), []);
});

test("a number that is dialled on the agent's own telephone stands in their desk as one that was clicked", async () => {
  const [admin, { me }] = await Promise.all([by_api(centre, "admin"), by_api(centre, "ben")]);
  const { login, password } = await admin("POST", `/api/v1/users/${me.user}/phone`);
  const telephone = await DeskPhone.log_in({ login, password, to: sip }, [agents_hertz, 1150]);
  const ben = await sit_down(browser, network.url);
  await sign_in(ben, "ben", centre.password("ben"));
  await ben.getByRole("button", { name: "Become available" }).first().click();
  await ben.getByRole("button", { name: /^Presence: Available/ }).waitFor();
  const { status, reason, line } = await telephone.dial("+442079460124");
  assert.equal(status, 200, reason);
  await ben.getByRole("banner").or(ben.locator("header")).getByText("The customer's phone rings…").first().waitFor();
  const call = carrier.calls.at(-1);
  assert.equal(call.to, "+442079460124");
  call.answer();
  await ben.getByText("They hear a question now").waitFor();
  await carrier.end.press("2");
  await ben.getByText("The customer answered").waitFor();
  await eventually("both hear each other", () => carrier.end.hears(agents_hertz, Date.now() - 400) > loud && telephone.end.hears(700, Date.now() - 400) > loud);
  await telephone.leave(line);
  await ben.getByText("wrap-up").first().waitFor();
  assert.deepEqual(ben.troubles, []);
  telephone.close();
});
