// The network between a browser and the server, which can be cut and mended.

import { createServer, connect } from "node:net";

/** A front on a port of its own: every connection goes through to `port`, until it is cut. */
export async function open_network(port) {
  const open = new Set();
  let cut = false;
  const front = createServer((near) => {
    if (cut) return void near.destroy();
    const far = connect(port, "127.0.0.1");
    for (const [end, other] of [[near, far], [far, near]]) {
      open.add(end);
      end.on("error", () => end.destroy()).on("close", () => {
        open.delete(end);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const hang_up = () => open.forEach((end) => end.destroy());
  await new Promise((listening) => front.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${front.address().port}`,
    cut() {
      cut = true;
      hang_up();
    },
    mend: () => (cut = false),
    async close() {
      hang_up();
      await new Promise((closed) => front.close(closed));
    },
  };
}
