// The network between a browser and the server, which can be cut and mended.

import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../web/desk/dist/", import.meta.url));
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const policy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Serves the built desk as the server does: with its policy, and index.html for every path of the page. */
async function serve_file(path, answer) {
  const file = extname(path) ? normalize(path) : "/index.html";
  try {
    const bytes = await readFile(join(dist, file));
    answer.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": policy });
    answer.end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
}

/** A front on a port of its own: the API and the feed go through to `port`, the page comes from dist. */
export async function open_network(port) {
  const open = new Set();
  let cut = false;
  const front = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url, "http://front");
    if (!pathname.startsWith("/api/")) return void serve_file(pathname, answer);
    if (cut) return void asked.socket.destroy();
    const onward = request({ port, host: "127.0.0.1", path: asked.url, method: asked.method, headers: asked.headers }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  front.on("upgrade", (asked, socket, head) => {
    if (cut) return void socket.destroy();
    const onward = connect(port, "127.0.0.1", () => {
      const lines = asked.rawHeaders.reduce((text, part, at) => text + part + (at % 2 ? "\r\n" : ": "), "");
      onward.write(`GET ${asked.url} HTTP/1.1\r\n${lines}\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) {
      open.add(end);
      end.on("close", () => open.delete(end)).on("error", () => end.destroy());
    }
    socket.on("close", () => onward.destroy());
    onward.on("close", () => socket.destroy());
  });
  await new Promise((listening) => front.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${front.address().port}`,
    cut() {
      cut = true;
      open.forEach((socket) => socket.destroy());
    },
    mend() {
      cut = false;
    },
    async close() {
      open.forEach((socket) => socket.destroy());
      front.closeAllConnections();
      await new Promise((closed) => front.close(closed));
    },
  };
}
