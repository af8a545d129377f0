// More than two on a call: the agent's buttons (ask, all talk, leave), and a supervisor whose browser is
// their phone and who listens, speaks to the agent alone, joins in. Agents have SIP phones with tones.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { call_in, free_udp_port, hears, listen_in, open_speaking_browser } from "./calls.mjs";
import { by_api, eventually, start_centre } from "./centre.mjs";
import { assert_accessible, assert_accessible_both, sign_in, sit_down } from "./people.mjs";
import { sign_in_to } from "./overseers.mjs";
import { Sipp } from "../phone/sipp.mjs";
import { End } from "../phone/sound.mjs";

const hertz = { caller: 1900, ana: 1000, ben: 1300, sue: 1600 };
const loud = 4000; // of a tone sent with a peak of 8000
const nothing = 300;
const clear_db = 20;

let centre, browser, ana, ben, floor, caller;
const phones = {};
before(async () => {
  const sip = await free_udp_port();
  [centre, browser] = await Promise.all([start_centre({ env: { RAPPORT_PHONE_SIP: `udp:127.0.0.1:${sip}` } }), open_speaking_browser(hertz.sue)]);
  centre.sip = sip;
  ben = await by_api(centre, "ben");
  const admin = await by_api(centre, "admin");
  for (const login of ["ana", "ben"]) phones[login] = await telephone(admin, login);
  ana = await sit_down(browser, centre.url);
  await sign_in(ana, "ana", centre.password("ana"));
  floor = await sit_down(browser, centre.url, { before: listen_in });
  await sign_in_to(floor, "sue", centre.password("sue"));
});
after(async () => {
  await browser?.close();
  await centre?.stop();
});

/// A SIP phone that is logged in and answers the next call.
async function telephone(admin, login) {
  const { me } = await by_api(centre, login);
  const { password } = await admin("POST", `/api/v1/users/${me.user}/phone`);
  const port = await free_udp_port();
  await new Sipp("phone_logs_in", { to: centre.sip, port, login, password }).done();
  const end = await End.open(hertz[login]);
  return { end, sipp: new Sipp("phone_answers", { port, rtp: end.port, limit: 800 }) };
}

const says = (words) => ana.getByRole("status").filter({ hasText: words }).waitFor();
const button = (page, name) => page.getByRole("button", { name });
/// Waits until an end hears these tones, and not those.
const hear = (end, wanted, unwanted = []) =>
  eventually(`${end.hertz} Hz hears ${wanted}, not ${unwanted}`, () => {
    const since = Date.now() - 400;
    return end.heard(since).length > 0 && wanted.every((one) => end.hears(one, since) > loud) && unwanted.every((one) => end.hears(one, since) < nothing);
  });

test("the agent mutes by a key, and everybody's desk knows it", async () => {
  await button(ana, "Become available").click();
  caller = await call_in(centre, "caller_stays", hertz.caller, { limit: 800 });
  await hear(caller.end, [hertz.ana]);
  await button(ana, /^Mute/).waitFor();
  await ana.keyboard.press("Control+m");
  await button(ana, /^Muted/).waitFor();
  await hear(caller.end, [], [hertz.ana]);
  await button(ana, /^Muted/).click();
  await hear(caller.end, [hertz.ana]);
});

test("a colleague is asked while the caller hears music; then all talk", async () => {
  await ben("PUT", "/api/v1/me/presence", { presence: "available" });
  await button(ana, /^Transfer/).click();
  const panel = ana.getByRole("form", { name: "Transfer" });
  await panel.getByLabel("To whom").selectOption({ label: "Ben – free" });
  await panel.getByLabel("Ask first").check();
  await panel.getByRole("button", { name: "Ask", exact: true }).click();
  await says("You talk with Ben; the customer hears music.");
  await hear(caller.end, [], [hertz.ana, hertz.ben]);
  await hear(phones.ana.end, [hertz.ben], [hertz.caller]);
  assert.ok(await button(ana, /^Let all talk/).isDisabled(), "not before they have read");
  await ana.keyboard.press("h");
  await says("You talk with the customer; Ben hears music.");
  await hear(caller.end, [hertz.ana], [hertz.ben]);
  const { interactions } = await by_api(centre, "sue").then((sue) => sue("GET", "/api/v1/floor"));
  await ben("POST", `/api/v1/interactions/${interactions[0].id}/acknowledge`);
  await assert_accessible_both(ana, "a colleague on the line");
  await button(ana, /^Let all talk/).click();
  await says("You, the customer and Ben hear each other.");
  await hear(caller.end, [hertz.ana, hertz.ben]);
  await assert_accessible(ana, "all talk");
});

test("a supervisor listens, speaks to the agent alone, joins in and leaves; the agent sees each", async () => {
  await floor.goto("/desk");
  await button(floor, "Use this browser").click();
  await floor.getByRole("region", { name: "Phone" }).getByRole("status").filter({ hasText: "Phone ready" }).waitFor();
  await floor.goto("/floor");
  await floor.getByRole("region", { name: "Conversations" }).getByRole("button", { name: /Ana/ }).click();
  const ear = floor.getByRole("group", { name: "The call by ear" });
  await ear.getByText("Your phone rings, and you hear both.").waitFor();
  await floor.keyboard.press("5");
  await ear.getByText("You listen.").waitFor();
  await says("Sue listens.");
  await eventually("the supervisor hears both", async () => (await hears(floor, hertz.caller)) > clear_db && (await hears(floor, hertz.ana)) > 0);
  await hear(caller.end, [hertz.ana], [hertz.sue]);
  await hear(phones.ana.end, [hertz.caller], [hertz.sue]);
  await assert_accessible_both(floor, "listening in");
  await button(ear, /^Speak to the agent/).click();
  await says("Sue speaks to you; the customer does not hear it.");
  await hear(phones.ana.end, [hertz.sue, hertz.caller]);
  await hear(caller.end, [hertz.ana], [hertz.sue]);
  await hear(phones.ben.end, [hertz.ana], [hertz.sue]);
  await assert_accessible(ana, "a supervisor on the call");
  await button(ear, /^Join in/).click();
  await hear(caller.end, [hertz.ana, hertz.sue]);
  await button(ear, /^Leave the call/).click();
  await hear(caller.end, [hertz.ana], [hertz.sue]);
  await ear.getByText("Your phone rings, and you hear both.").waitFor();
});

test("the agent leaves the call to the colleague", async () => {
  await button(ana, "Leave it to Ben").click();
  await phones.ana.sipp.done();
  await hear(caller.end, [hertz.ben], [hertz.ana]);
  await ana.getByText("Wrap-up").first().waitFor();
  const { interactions } = await ben("GET", "/api/v1/me/hands");
  await ben("POST", `/api/v1/interactions/${interactions[0].id}/end`);
  await caller.sipp.done();
  await phones.ben.sipp.done();
  assert.deepEqual([...ana.troubles, ...floor.troubles], []);
  for (const { end } of [caller, phones.ana, phones.ben]) end.close();
});
