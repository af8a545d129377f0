import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { CallFailed } from "@/api/result";
import { session } from "@/api/session";
import { shareSignOut } from "@/api/tabs";
import { feed, runFeed } from "@/feed/page-feed";
import { startMessages } from "@/i18n/i18n";
import { setServerAhead } from "@/shared/time/now";
import { clearNotices } from "@/shared/ui/notices";
import { showStoredTheme } from "@/shared/theme/theme";
import "@/shared/theme/tokens.css";

showStoredTheme();
startMessages();
setServerAhead(() => feed.serverNow() - Date.now());
runFeed();
shareSignOut();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The feed tells what changes; what is configured changes rarely.
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      // Only silence is worth another try: a refusal stays one.
      retry: (count, error) => count < 3 && error instanceof CallFailed && error.failure.code === "unreachable",
    },
  },
});
// Nothing that one person read stays for the next.
session.subscribe((now) => {
  if (now.state !== "out") return;
  queries.clear();
  clearNotices();
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
