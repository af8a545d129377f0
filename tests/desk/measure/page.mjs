// What a page tells of itself while it is measured.

/// In the page, before anything else of it: counts the frames of its feeds.
export function count_frames() {
  window.feed_frames = 0;
  window.WebSocket = class extends window.WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => ++window.feed_frames);
    }
  };
}

/// In the page: notes when each "probe N" came to be painted, and frames that took long, from here on.
export function watch_paints() {
  window.painted = {};
  window.slow_frames = [];
  window.feed_frames_before = window.feed_frames;
  window.watched_since = performance.now();
  if (window.watched_paints) return;
  window.watched_paints = true;
  // What is in the document when a frame begins is drawn by it: the next task runs behind the drawing.
  const note = (probe) => {
    if (window.painted[probe] !== undefined) return;
    window.painted[probe] = null;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (window.painted[probe] = Date.now());
      port2.postMessage(null);
    });
  };
  const read = (node) => {
    for (const [, probe] of (node.textContent ?? "").matchAll(/probe (\d+)/g)) note(probe);
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) type === "characterData" ? read(target) : addedNodes.forEach(read);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.slow_frames.push(duration))).observe({ type: "long-animation-frame" });
}

/// In the page: what it noted, and how many frames a second its feeds brought.
export function read_paints() {
  const seconds = (performance.now() - window.watched_since) / 1_000;
  return { painted: window.painted, slow: window.slow_frames, frames: (window.feed_frames - window.feed_frames_before) / seconds };
}

/// In the page: resolves with the moment at which the cell of this agent, changed to these words, was painted.
export function painted_cell([name, words]) {
  return new Promise((done) => {
    const shows = () => [...document.querySelectorAll("li button")].some((one) => one.textContent.includes(name) && one.textContent.includes(words));
    const look = () => {
      if (!shows()) return;
      watch.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(Date.now());
        port2.postMessage(null);
      });
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
}

/// Begins to count the processor time of the page's thread, which a busy machine does not stretch; the
/// answer, called, is its share of a core since then.
export async function processor_time(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => (await cdp.send("Performance.getMetrics")).metrics.find((one) => one.name === "TaskDuration").value;
  const [begun, before] = [performance.now(), await spent()];
  return async () => {
    const share = (1_000 * ((await spent()) - before)) / (performance.now() - begun);
    await cdp.send("Performance.disable");
    await cdp.detach();
    return share;
  };
}
