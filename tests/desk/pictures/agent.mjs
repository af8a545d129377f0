// An agent's desk: nobody there, an offer, one and several conversations, every panel, the wrap-up; waiting,
// failing, cut off.

import { by_api, customer, eventually, start_centre } from "../centre.mjs";
import { accept, be_available, composer, hand_in, offer, sign_in, sit_down, transcript, write } from "../people.mjs";
import { cut, hold, mute_feed, refuse } from "./troubles.mjs";

const identifiers = [{ type: "tel", value: "+44 20 7946 0958" }];
const reasons = [{ id: "billing", label: "Billing", children: [{ id: "billing.twice", label: "Charged twice" }, { id: "billing.late", label: "Late bill" }] }, { id: "other", label: "Something else" }];

/// Somebody who was here before: a fact, a promise, a case.
async function past(sue, ana) {
  const start = async () => (await sue("POST", "/api/v1/interactions", { channel: "chat", brand: "northwind", queue: "billing", customer: { name: "Pat Brown", identifiers } })).interaction;
  const first = await start();
  const at = `/api/v1/interactions/${first}`;
  await eventually("it is offered", () => ana("POST", `${at}/answer`).then(() => true, () => false));
  await ana("POST", `${at}/events`, { kind: "message", text: "Good morning Pat, your meter was read twice." });
  await ana("POST", `${at}/events`, { kind: "field_captured", name: "meter_number", value: "M-4711" });
  await ana("POST", `${at}/events`, { kind: "promise", text: "Send somebody to look at the meter", due: new Date(Date.now() + 3_600_000).toISOString() });
  await ana("POST", `${at}/end`);
  await ana("POST", `${at}/wrap-up`, { reason: "billing.late", outcome: "follow_up" });
  return start;
}

export async function photograph(browser, state) {
  const centre = await start_centre();
  const [admin, sue, ana] = [await by_api(centre, "admin"), await by_api(centre, "sue"), await by_api(centre, "ana")];
  const queue = await admin("GET", "/api/v1/queues/billing");
  await admin("PUT", "/api/v1/queues/billing", { ...queue, dispositions: { reasons }, wrap_up_seconds: 600 }, { "If-Match": `"${queue.version}"` });
  await admin("POST", "/api/v1/canned-replies", { brand: "northwind", shortcut: "refund", title: "How refunds work", text: "Refunds arrive within three working days." });
  await admin("POST", "/api/v1/canned-replies", { brand: "northwind", shortcut: "reading", title: "Where the meter is read", text: "The reading is the black digits, without the red ones." });
  await ana("PUT", "/api/v1/me/presence", { presence: "available" });
  const pat_again = await past(sue, ana);
  await ana("PUT", "/api/v1/me/presence", { presence: "offline" });

  const page = await sit_down(browser, centre.url);
  await sign_in(page, "ana", centre.password("ana"));
  await state(page, "offline", () => page.getByText("You are offline.").waitFor());
  await state(page, "empty", () => be_available(page));
  await state(page, "palette", async () => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command palette" }).waitFor();
  });
  await state(page, "keys", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
  });
  await page.keyboard.press("Escape");
  await state(page, "offer", async () => {
    await pat_again();
    await offer(page).getByRole("heading", { name: "Pat Brown" }).waitFor();
  });
  await state(page, "first-words", () => accept(page, "Pat Brown"));

  const id = new URL(page.url()).pathname.split("/").at(-1);
  await state(page, "talking", async () => {
    await write(page, "Good morning Pat, this is Ana from Northwind Energy. I am sorry that your meter was read twice; I look at both readings now, that takes two minutes.");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.keyboard.type("Calm, but has called before about the same meter.");
    await page.keyboard.press("Enter");
    await transcript(page).getByText("Calm, but has called before").waitFor();
    await sue("POST", `/api/v1/interactions/${id}/whisper`, { text: "You may refund up to 60 pounds." });
    await transcript(page).getByText("You may refund up to 60 pounds.").waitFor();
    await write(page, "I have found it: the reading of March was entered twice. I refund £42 today, and you have a corrected bill by Friday.");
  });
  await state(page, "busy", async () => {
    for (const [name, words] of [["Lee Wong", "Where is my technician? I wait since eight o'clock, and I am really upset. This is ridiculous!"], ["Maximiliane Featherstonehaugh-Cholmondeley", "I want to move house."]]) {
      const one = await customer(centre, name, words);
      await accept(page, name);
      if (name === "Lee Wong") await one.says("Hello? Is anybody there?");
      await one.types();
    }
    await page.getByRole("navigation", { name: "My conversations" }).getByRole("listitem").filter({ hasText: "Lee Wong" }).click();
    await transcript(page).getByText("Is anybody there?").waitFor();
  });
  const in_composer = async (words, wait_for) => {
    await composer(page).fill("");
    await composer(page).pressSequentially(words);
    await wait_for();
  };
  await state(page, "canned-replies", () => in_composer("/re", () => page.getByRole("option").first().waitFor()));
  await composer(page).fill("");
  for (const [name, button, form] of [["transfer", "Transfer", "Transfer"], ["promise", "Promise", null], ["help", "Ask for help", null], ["ending", "End", null]]) {
    await state(page, name, async () => {
      await page.getByRole("button", { name: button, exact: true }).click();
      await (form ? page.getByRole("form", { name: form }) : page.getByRole("region", { name: "Conversation", exact: true }).getByRole("form")).first().waitFor();
    });
    await page.keyboard.press("Escape");
  }
  await state(page, "on-hold", async () => {
    await page.getByRole("button", { name: "Hold" }).click();
    await page.getByText(/on hold 0:/).waitFor();
  });
  await page.getByRole("button", { name: "Hold" }).click();
  await state(page, "folded", async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("panel");
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Checklist" }).waitFor({ state: "detached" });
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("panel");
  await page.keyboard.press("Enter");

  const files = { one: { name: "reading-march.txt", mimeType: "text/plain", buffer: Buffer.from("4711") }, two: { name: "page.txt", mimeType: "text/plain", buffer: Buffer.from("<!DOCTYPE html><script>1</script>") } };
  await state(page, "refused", async () => {
    const mend = await refuse(page, "**/api/v1/interactions/*/events", "is_over");
    await composer(page).fill("The technician is ten minutes away.");
    await composer(page).press("Enter");
    await page.getByText("The technician is ten minutes away.").waitFor();
    await page.getByRole("region", { name: "Conversation", exact: true }).locator("input[type=file]").setInputFiles([files.one, files.two]);
    await page.getByText("Files of this kind are not taken.").waitFor();
    await mend();
  });
  await state(page, "customer-fails", async () => {
    await page.getByRole("navigation", { name: "My conversations" }).getByRole("listitem").filter({ hasText: "Pat Brown" }).click();
    await refuse(page, "**/api/v1/customers/*");
    await page.reload();
    await page.getByRole("alert").first().waitFor();
  });
  await page.unroute("**/api/v1/customers/*");
  await page.reload();
  await state(page, "customer-known", () => page.getByText("M-4711").waitFor());
  await state(page, "stale", async () => {
    const mend = await cut(page);
    await composer(page).fill("One moment, I look at it.");
    await composer(page).press("Enter");
    await page.getByText("Waits for the connection; it is kept.").waitFor();
    page.mend = mend;
  });
  await page.mend?.();
  await transcript(page).getByText("One moment, I look at it.").waitFor();
  await state(page, "wrap-up", async () => {
    await page.getByRole("button", { name: "End", exact: true }).click();
    await page.getByRole("button", { name: "End it" }).click();
    await page.getByRole("form", { name: "Wrap-up" }).waitFor();
  });
  await state(page, "wrap-up-busy", async () => {
    await hold(page, "**/wrap-up");
    await page.getByRole("form", { name: "Wrap-up" }).getByRole("button", { name: "Confirm" }).click();
  });
  await page.context().close();

  const loading = await sit_down(browser, centre.url);
  await mute_feed(loading);
  await loading.reload();
  await state(loading, "loading", async () => {
    await hand_in(loading, "ana", centre.password("ana"));
    await loading.getByRole("main").waitFor();
  });
  await loading.context().close();

  const missed = await sit_down(browser, centre.url);
  await sign_in(missed, "cleo", centre.password("cleo"));
  await be_available(missed);
  await state(missed, "not-responding", async () => {
    await sue("POST", "/api/v1/interactions", { channel: "voice", brand: "northwind", queue: "general", customer: { name: "Noor Haddad" } });
    await offer(missed).waitFor();
    await missed.getByRole("button", { name: "Return" }).click();
    await missed.getByText("You missed an offer.").waitFor();
  });
  await state(missed, "account", async () => {
    await missed.getByRole("button", { name: /: account$/ }).click();
    await missed.getByRole("menuitem").first().waitFor();
  });
  await missed.getByRole("menuitem", { name: "Your account" }).click();
  await state(missed, "own-account", () => missed.getByLabel("Present password").waitFor());
  await state(missed, "own-account-second-factor", async () => {
    await missed.getByRole("button", { name: "Set up an authenticator" }).click();
    await missed.getByLabel("Code").waitFor();
  });
  await missed.context().close();
  await centre.stop();
}
