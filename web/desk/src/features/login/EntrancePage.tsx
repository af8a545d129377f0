import { useEffect, useState } from "react";
import { api } from "@/api/client";
import { asked } from "@/api/result";
import { Skeleton } from "@/shared/ui/States";
import { LoginPage } from "./LoginPage";
import { SetupPage } from "./SetupPage";

/** What somebody who is not logged in sees: the login, or how a new centre gets its first administrator. */
export function EntrancePage({ ended }: { ended: boolean }) {
  const [bare, setBare] = useState<boolean | null>(ended ? false : null);
  const unknown = bare === null;
  useEffect(() => {
    if (!unknown) return;
    let gone = false;
    void asked(api.GET("/api/v1/setup")).then((answer) => {
      if (!gone) setBare(answer.ok && !answer.value.set_up);
    });
    return () => {
      gone = true;
    };
  }, [unknown]);
  if (unknown) return <Skeleton lines={4} />;
  return bare ? <SetupPage onTaken={() => setBare(false)} /> : <LoginPage ended={ended} />;
}
