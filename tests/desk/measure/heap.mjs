// What a page itself holds in its JavaScript heap.

const page_kinds = new Set(["string", "concatenated string", "sliced string", "array", "object", "closure", "number", "bigint", "symbol", "regexp"]);

/// Bytes of the page's own values after garbage collection: strings, arrays, objects, closures, numbers. Not counted is
/// what the browser keeps of its own accord, and for a while: machine code and what it learnt for it, its timeline
/// of performance, its record of the network for whoever inspects it.
export async function own_bytes(cdp) {
  const chunks = [];
  const gather = ({ chunk }) => chunks.push(chunk);
  cdp.on("HeapProfiler.addHeapSnapshotChunk", gather);
  await cdp.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  cdp.off("HeapProfiler.addHeapSnapshotChunk", gather);
  const { snapshot, nodes } = JSON.parse(chunks.join(""));
  const { node_fields: fields, node_types } = snapshot.meta;
  const [kinds] = node_types;
  const size_at = fields.indexOf("self_size");
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) if (page_kinds.has(kinds[nodes[at]])) bytes += nodes[at + size_at];
  return bytes;
}
