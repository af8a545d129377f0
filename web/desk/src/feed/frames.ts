/** What the server sends, one JSON object a frame (docs/feed.md). */
export type Frame =
  | { kind: "hello"; time: string; heartbeatMs: number }
  | { kind: "event"; name: string; seq: number; cursor: string; event: unknown }
  | { kind: "reset"; name: string; seq: number; cursor: string; snapshot: unknown }
  | { kind: "value"; name: string; version: number; value: unknown }
  | { kind: "removed"; name: string; version: number }
  | { kind: "ended"; key: string; why: string }
  | { kind: "behind"; streams: string[] }
  | { kind: "refused"; error: string; id: number | undefined; item: number | undefined }
  | { kind: "done"; id: number }
  | { kind: "other" };

/** Streams and topics are named alike: the key tells them apart. */
export const streamKey = (name: string) => `stream ${name}`;
export const topicKey = (name: string) => `topic ${name}`;

type Fields = Record<string, unknown>;

function readStream(fields: Fields, name: string): Frame {
  if (typeof fields["ended"] === "string") return { kind: "ended", key: streamKey(name), why: fields["ended"] };
  const seq = fields["seq"];
  const cursor = fields["cursor"];
  if (typeof seq !== "number" || typeof cursor !== "string") return { kind: "other" };
  if ("reset" in fields) return { kind: "reset", name, seq, cursor, snapshot: fields["reset"] };
  return { kind: "event", name, seq, cursor, event: fields["event"] };
}

function readTopic(fields: Fields, name: string): Frame {
  if (typeof fields["ended"] === "string") return { kind: "ended", key: topicKey(name), why: fields["ended"] };
  const version = typeof fields["version"] === "number" ? fields["version"] : 0;
  if (fields["removed"] === true) return { kind: "removed", name, version };
  return { kind: "value", name, version, value: fields["value"] };
}

function readHello(hello: Fields): Frame {
  const time = typeof hello["time"] === "string" ? hello["time"] : "";
  const heartbeatMs = typeof hello["heartbeat_ms"] === "number" ? hello["heartbeat_ms"] : 15_000;
  return { kind: "hello", time, heartbeatMs };
}

/** Reads a frame; one that this client does not know is `other`. */
export function readFrame(text: string): Frame {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { kind: "other" };
  }
  if (typeof parsed !== "object" || parsed === null) return { kind: "other" };
  const fields = parsed as Fields;
  const hello = fields["hello"];
  if (typeof hello === "object" && hello !== null) return readHello(hello as Fields);
  if (typeof fields["error"] === "string") {
    return { kind: "refused", error: fields["error"], id: fields["id"] as number | undefined, item: fields["item"] as number | undefined };
  }
  if (typeof fields["stream"] === "string") return readStream(fields, fields["stream"]);
  if (typeof fields["topic"] === "string") return readTopic(fields, fields["topic"]);
  if (Array.isArray(fields["stale"])) return { kind: "behind", streams: fields["stale"].map(String) };
  if (typeof fields["done"] === "number") return { kind: "done", id: fields["done"] };
  return { kind: "other" };
}
