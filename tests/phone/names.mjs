// A DNS server of the test's own (RFC 1035, 2782, 3403): answers what it is told, and that there is nothing else.

import { createSocket } from "node:dgram";

const types = { 1: "A", 28: "AAAA", 33: "SRV", 35: "NAPTR" };
const number = (type) => Number(Object.entries(types).find(([, name]) => name === type)[0]);
const labels = (name) => Buffer.concat([...name.split(".").filter(Boolean).map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])]);
const text = (value) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
const shorts = (...values) => Buffer.concat(values.map((value) => Buffer.from([value >> 8, value & 255])));

const data = {
  A: (address) => Buffer.from(address.split(".").map(Number)),
  SRV: ({ priority, weight = 0, port, target }) => Buffer.concat([shorts(priority, weight, port), labels(target)]),
  NAPTR: ({ order, preference = 0, service, replacement }) => Buffer.concat([shorts(order, preference), text("s"), text(service), text(""), labels(replacement)]),
};

export class Names {
  /// `records`: {"SRV _sip._udp.lines.test": [{…}]}; may be changed at any time, as may `failing`: names of which
  /// it says that it could not find out.
  static async open(records, seconds = 1) {
    const names = new Names();
    Object.assign(names, { records, seconds, asked: [], failing: new Set() });
    names.socket = createSocket("udp4");
    names.socket.on("message", (bytes, from) => names.socket.send(names.answer(bytes), from.port, from.address));
    await new Promise((bound) => names.socket.bind(0, "127.0.0.1", bound));
    names.socket.unref();
    names.address = `127.0.0.1:${names.socket.address().port}`;
    return names;
  }

  answer(query) {
    let at = 12;
    const parts = [];
    for (; query[at] !== 0; at += 1 + query[at]) parts.push(query.toString("latin1", at + 1, at + 1 + query[at]));
    const end = at + 5;
    const type = types[query.readUInt16BE(at + 1)];
    const key = `${type} ${parts.join(".").toLowerCase()}`;
    this.asked.push(key);
    if (this.failing.has(key)) return Buffer.concat([query.subarray(0, 2), shorts(0x8182, 1, 0, 0, 0), query.subarray(12, end)]);
    const found = (this.records[key] ?? []).map((record) => {
      const bytes = data[type](record);
      return Buffer.concat([shorts(0xc00c, number(type), 1, 0, this.seconds, bytes.length), bytes]);
    });
    return Buffer.concat([query.subarray(0, 2), shorts(0x8180, 1, found.length, 0, 0), query.subarray(12, end), ...found]);
  }

  close() {
    this.socket.close();
  }
}
