// Calling from a list at the desk: an administrator fills it; an agent looks at the next one, passes them over,
// puts them off, calls, and says what came of it.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { free_udp_port, listen_in, open_speaking_browser } from "./calls.mjs";
import { by_api, eventually, start_centre } from "./centre.mjs";
import { open_network } from "./network.mjs";
import { sign_in_to } from "./overseers.mjs";
import { assert_accessible_both, photograph, sign_in, sit_down } from "./people.mjs";
import { Carrier } from "../phone/carrier.mjs";

const csv = "number,name,reference,notes,boiler\n+44 20 7946 0101,Ann Able,A,prefers mornings,of 2009\nnobody,Bob,B,,\n+44 20 7946 0103,Cy Calm,C,,of 2016\n+44 20 7946 0104,Di Dell,D,,of 2020\n";
let centre, network, browser, carrier, admin, ana, root;
before(async () => {
  carrier = await Carrier.open({ hertz: 700, manner: "rings" });
  const sip = await free_udp_port();
  const env = { RAPPORT_PHONE_SIP: `udp:127.0.0.1:${sip}`, RAPPORT_PHONE_TRUNKS: carrier.setting("carrier", " number=+442079460777"), RAPPORT_PHONE_COUNTRIES: "GB", RAPPORT_PHONE_CALL_HOURS: "00:00-24:00", RAPPORT_PHONE_RING_TIME: "50s" };
  [centre, browser] = await Promise.all([start_centre({ env }), open_speaking_browser(1000)]);
  network = await open_network(centre.port);
  root = await by_api(centre, "admin");
  admin = await sit_down(browser, centre.url);
  await sign_in_to(admin, "admin", centre.password("admin"), "Administration");
});
after(async () => {
  await browser?.close();
  await network?.close();
  await centre?.stop();
  carrier?.close();
});

test("an administrator makes a list and fills it by a file; lines that cannot be read are named", async () => {
  await admin.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Calling lists" }).click();
  await admin.getByRole("button", { name: "New" }).click();
  await admin.getByLabel("Id").fill("winter");
  await admin.getByLabel("Brand").selectOption("northwind");
  await admin.getByLabel("Queue whose agents call").selectOption("billing");
  await admin.getByRole("textbox", { name: "Name" }).fill("Winter check");
  await admin.getByLabel("What for").fill("a free check of the boiler");
  await admin.getByRole("button", { name: /^Save/ }).click();
  const list = admin.getByRole("region", { name: "What becomes of this list" });
  await list.getByText("Nobody is on it yet.").waitFor();
  await list.getByLabel("A CSV file").setInputFiles({ name: "winter.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await list.getByRole("button", { name: "Add to the list" }).click();
  await list.getByText("3 were added; 0 were there already.").waitFor();
  await list.getByText("Line 3, 1: number “nobody”", { exact: false }).waitFor();
  await eventually("how far it is", async () => (await list.getByRole("definition").allTextContents()).includes("3"));
  await assert_accessible_both(admin, "a calling list");
  await photograph(admin, "calling-list");
  const [download] = await Promise.all([admin.waitForEvent("download"), list.getByRole("link", { name: "Download the results" }).click()]);
  assert.equal(download.suggestedFilename(), "winter.csv");
});

const card = () => ana.getByRole("article", { name: "Somebody to be called" });
const lists = () => ana.getByRole("region", { name: "Calling lists" });
const progress = () => root("GET", "/api/v1/calling-lists/winter/progress");
const hands = async () => (await (await by_api(centre, "ana"))("GET", "/api/v1/me/hands")).interactions;

test("an agent looks at the next one and passes them over with a reason; the next is put off", async () => {
  ana = await sit_down(browser, network.url, { before: listen_in });
  await sign_in(ana, "ana", centre.password("ana"));
  const phone = ana.getByRole("region", { name: "Phone" });
  await phone.getByRole("button", { name: "Use this browser" }).click();
  await phone.getByRole("status").filter({ hasText: "Phone ready" }).waitFor();
  await lists().getByText("The next comes when you are available").waitFor();
  await ana.getByRole("button", { name: "Become available" }).first().click();
  await lists().getByRole("button", { name: /^Next of the calling lists/ }).and(ana.locator(":enabled")).waitFor();
  await ana.keyboard.press("9");
  await card().getByRole("heading", { name: "Ann Able" }).waitFor();
  for (const words of ["a free check of the boiler", "prefers mornings", "of 2009", "+44 20 7946 0101"]) await card().getByText(words).waitFor();
  await assert_accessible_both(ana, "somebody to be called");
  await photograph(ana, "preview");
  await card().getByRole("button", { name: "Not now…" }).click();
  const not_now = card().getByRole("form", { name: "Not now…" });
  assert.ok(await not_now.getByRole("button", { name: "Go on" }).isDisabled());
  await not_now.getByLabel("Reason").fill("spoke with her yesterday");
  await assert_accessible_both(ana, "not now");
  await not_now.getByRole("button", { name: "Go on" }).click();
  await card().waitFor({ state: "detached" });
  // Clicked, not checked: the box goes with the lists as soon as the next is there.
  await lists().getByLabel("Show me the next by itself").click();
  await card().getByRole("heading", { name: "Cy Calm" }).waitFor();
  await card().getByRole("button", { name: "Not now…" }).click();
  await not_now.getByRole("radio", { name: "Later" }).check();
  await not_now.getByRole("button", { name: "Go on" }).click();
  await card().getByRole("heading", { name: "Di Dell" }).waitFor();
  assert.deepEqual([(await progress()).waiting, (await progress()).in_hand], [3, 1]);
});

test("a key calls; purpose and consent stand above the conversation; what came of it is kept", async () => {
  const brand = await root("GET", "/api/v1/brands/northwind");
  await root("PUT", "/api/v1/brands/northwind", { ...brand, placed_recording: "ask" }, { "If-Match": `"${brand.version}"` });
  await ana.keyboard.press("0");
  const result = ana.getByRole("region", { name: "What this call is for" });
  await result.getByText("a free check of the boiler").waitFor();
  await eventually("they are called", () => carrier.calls.at(-1)?.to === "+442079460104");
  carrier.calls.at(-1).answer();
  await ana.getByText("The customer answered").waitFor();
  await result.getByText("Until they agree it is not.").waitFor();
  await result.getByRole("button", { name: "They agree" }).click();
  await result.getByText("They agreed: it is recorded.").waitFor();
  await result.getByText("Without a word, whoever answered counts as reached.").waitFor();
  // What could not be told is told again by hand.
  const told = [];
  await ana.route("**/call-result", (route) => {
    told.push(route.request().postDataJSON().came);
    return told.length === 1 ? route.abort() : route.continue();
  });
  await result.getByRole("radio", { name: "Voicemail" }).check();
  await result.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await result.getByText("Kept: Voicemail.").waitFor();
  assert.deepEqual(told, ["voicemail", "voicemail"]);
  await ana.unroute("**/call-result");
  await assert_accessible_both(ana, "what came of a call");
  await photograph(ana, "call-result");
  carrier.hang_up(carrier.calls.at(-1));
  await ana.getByRole("form", { name: "Wrap-up" }).waitFor();
  // With the wrap-up the call would leave the hands, and what came of it with it.
  const wrap_up = ana.getByRole("form", { name: "Wrap-up" });
  await ana.route("**/call-result", (route) => route.abort());
  await result.getByRole("radio", { name: "Wrong number" }).check();
  await wrap_up.getByRole("button", { name: "Confirm" }).click();
  await wrap_up.getByText("What came of the call is not kept. The server cannot be reached.").waitFor();
  await assert_accessible_both(ana, "what came of a call is not kept");
  assert.deepEqual([(await progress()).wrong, (await hands()).length], [0, 1]);
  // Later has a time that may still be changed: held, until the wrap-up tells it.
  await result.getByRole("radio", { name: "Later" }).check();
  await result.getByText("Not told yet: the button tells it, or the wrap-up.").waitFor();
  await result.getByRole("radio", { name: "Wrong number" }).check();
  await ana.unroute("**/call-result");
  await wrap_up.getByRole("button", { name: "Confirm" }).click();
  await eventually("it is done", async () => (await progress()).wrong === 1);
  await lists().getByText("Nobody is to be called right now.").waitFor();
  assert.deepEqual(ana.troubles, []);
});
