// A web site with the chat on it: the shop, the script, a few host pages, and the API behind the same
// address as the server itself would have it. Its network can be cut.

import { createServer, request as ask } from "node:http";
import { connect } from "node:net";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { misfits, operation_of } from "../server/description.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml" };

/** The policy that the shop is served with. */
export const policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** A page that does its worst to what stands in it. */
const rude = "* { all: unset !important; color: red !important; font: 40px serif !important; display: block !important; direction: rtl !important }";

/** A host page with the script's attributes; `server` is where the script and the API are. */
function host_page(attributes, server, style) {
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  const given = Object.entries(attributes).map(([name, value]) => `data-${name}="${escaped(value)}"`).join(" ");
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A page</title>${style ? `<style>${style}</style>` : ""}</head>
<body><main><h1>A page</h1><p><a href="#top" id="first">A link</a></p></main><script src="${server}/widget.js" defer ${given}></script></body></html>`;
}

function file_of(path) {
  if (path === "/widget.js") return join(root, "web", "widget", "dist", "widget.js");
  if (path === "/shop") return join(root, "web", "shop", "index.html");
  if (path.startsWith("/shop/")) return join(root, "web", normalize(path));
  return null;
}

/** Starts the site before the API at `port`. */
export async function start_site(port) {
  const sockets = new Set();
  const site = { wrong: new Set(), refused: 0, pages: new Map() };
  let cut = false;
  let deaf = null;

  async function pass_on(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = Buffer.concat(chunks);
    const inner = ask({ host: "127.0.0.1", port, method: request.method, path: request.url, headers: request.headers }, async (answer) => {
      const got = [];
      for await (const chunk of answer) got.push(chunk);
      const body = Buffer.concat(got);
      check(request, answer, body.toString());
      if (deaf?.(request)) return request.socket.destroy();
      response.writeHead(answer.statusCode, answer.headers).end(body);
    });
    inner.on("error", () => request.socket.destroy());
    inner.end(sent);
  }

  /** Every answer that the widget gets is as described. */
  function check(request, answer, text) {
    if (request.method === "OPTIONS") return;
    const one = operation_of(request.method, request.url);
    const type = (answer.headers["content-type"] ?? "").split(";")[0];
    const headers = new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    const found = one ? misfits(one, answer.statusCode, type, type.endsWith("json") ? JSON.parse(text) : text, headers) : ["not described"];
    for (const what of found) site.wrong.add(`${request.method} ${one?.path ?? request.url} ${answer.statusCode}: ${what}`);
  }

  async function serve(request, response) {
    const { pathname, search } = new URL(request.url, "http://site");
    if (pathname.startsWith("/api/")) return pass_on(request, response);
    if (site.pages.has(pathname)) return response.writeHead(200, { "Content-Type": types[".html"] }).end(site.pages.get(pathname));
    const file = file_of(pathname);
    const content = file && await readFile(file).catch(() => null);
    if (!content) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff" });
    // For pictures: the shop with another of the queues.
    response.end(search ? content.toString().replace('data-queue="general"', `data-queue="${search.slice(1)}"`) : content);
  }

  const server = createServer((request, response) => void serve(request, response));
  server.on("connection", (socket) => {
    if (cut) return void (site.refused += 1, socket.destroy());
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  server.on("upgrade", (request, socket, head) => {
    const inner = connect(port, "127.0.0.1", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`).join("\r\n");
      inner.write(`GET ${request.url} HTTP/1.1\r\n${headers}\r\n\r\n`);
      inner.write(head);
      inner.pipe(socket).pipe(inner);
    });
    for (const [one, other] of [[inner, socket], [socket, inner]]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  site.url = `http://127.0.0.1:${server.address().port}`;

  /** No more network, and what there was breaks. */
  site.cut = () => { cut = true; for (const socket of sockets) socket.destroy(); };
  site.mend = () => { cut = false; };
  /** Answers of these requests are lost on the way back. */
  site.lose_answers = (which) => { deaf = which; };
  /** Puts a host page with these attributes at an address of its own, and gives it. */
  site.page = (attributes, { server: from = "", isolated = false } = {}) => {
    const path = `/page-${site.pages.size + 1}`;
    site.pages.set(path, host_page(attributes, from, isolated ? rude : ""));
    return site.url + path;
  };
  site.stop = () => { site.cut(); return new Promise((done) => server.close(done)); };
  return site;
}
