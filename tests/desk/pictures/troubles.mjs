// What makes a page wait, fail or grow old. Each answers how to mend it.

/// Requests to these addresses are never answered.
export async function hold(page, address) {
  await page.route(address, () => undefined);
  return () => page.unroute(address);
}

/// They are refused.
export async function refuse(page, address, code = "store_unavailable") {
  const problem = { type: "about:blank", title: "Unavailable", status: 409, code };
  await page.route(address, (route) => route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(problem) }));
  return () => page.unroute(address);
}

/// The network is gone, until it is mended.
export async function cut(page) {
  await page.context().setOffline(true);
  await page.getByText(/Connection lost/).first().waitFor();
  return async () => {
    await page.context().setOffline(false);
    await page.getByText(/Connection lost/).first().waitFor({ state: "detached" });
  };
}

/// The feed's connection opens and says nothing: in this page from its next load on.
export const mute_feed = (page) => page.routeWebSocket("**/api/v1/feed", () => undefined);
