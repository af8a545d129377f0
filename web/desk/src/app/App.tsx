import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { BrowserRouter } from "react-router";
import { readSession } from "@/api/login";
import { useSession } from "@/api/use-session";
import { EntrancePage } from "@/features/login/EntrancePage";
import { PasswordPage } from "@/features/password/PasswordPage";
import { CardPage } from "@/shared/ui/CardPage";
import { Skeleton } from "@/shared/ui/States";
import styles from "./App.module.css";
import { Shell } from "./Shell";

const askAgainMs = 3_000;

/** Where links to set a password lead, whoever is here. */
const passwordPath = "/password";

/** Who is here decides what is shown: nobody known yet, the login, or the desk. */
export function App() {
  const session = useSession();
  const reachable = useFirstAnswer(session.state === "unknown");
  if (window.location.pathname === passwordPath) return <PasswordPage />;
  if (session.state === "in") {
    return (
      <BrowserRouter>
        <Shell key={session.me.user} />
      </BrowserRouter>
    );
  }
  if (session.state === "out") return <EntrancePage ended={session.ended} />;
  return reachable ? <Waiting /> : <Unreachable />;
}

/** Asks who is logged in until the server answers. False: it did not, so far. */
function useFirstAnswer(unknown: boolean): boolean {
  const [reachable, setReachable] = useState(true);
  useEffect(() => {
    if (!unknown) return;
    let timer: number | undefined;
    let gone = false;
    const ask = async () => {
      const failure = await readSession();
      if (gone || failure === null) return;
      setReachable(false);
      timer = window.setTimeout(() => void ask(), askAgainMs);
    };
    void ask();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [unknown]);
  return reachable;
}

function Waiting() {
  return (
    <main className={styles.waiting}>
      <Skeleton lines={4} />
    </main>
  );
}

function Unreachable() {
  const { t } = useTranslation();
  return (
    <CardPage title={t("unreachable.title")}>
      <p>{t("unreachable.words")}</p>
    </CardPage>
  );
}
