// A picture of every state, to be looked at: only where WIDGET_PICTURES names a folder.

import { join } from "node:path";
import { test } from "node:test";
import { centre } from "./centre.mjs";
import { desktop, phone } from "./browser.mjs";
import { each_state } from "./states.mjs";

const folder = process.env.WIDGET_PICTURES;

for (const dark of [false, true]) {
  for (const [size, viewport] of Object.entries({ phone, shop: desktop })) {
    const theme = dark ? "dark" : "light";
    test(`pictures: ${size}, ${theme}`, { skip: !folder }, async () => {
      const attributes = { brand: "northwind", colour: "#0b6e5f" };
      const address = (queue) => (size === "shop" ? `${centre.site.url}/shop?${queue}` : centre.site.page({ ...attributes, queue }));
      await each_state({ viewport, dark, address }, (name, customer) => customer.page.screenshot({ path: join(folder, `${size}-${theme}-${name}.png`) }));
    });
  }
}
