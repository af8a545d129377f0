import { useTranslation } from "react-i18next";
import { useMe } from "@/api/use-session";
import styles from "./AccountPage.module.css";
import { OnAcceptance } from "./parts/OnAcceptance";
import { PasswordForm } from "./parts/PasswordForm";
import { SecondFactor } from "./parts/SecondFactor";
import { Sessions } from "./parts/Sessions";

/** One's own account: how one works, password, second factor, where one is signed in. */
export default function AccountPage() {
  const { t } = useTranslation("account");
  const me = useMe();
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{t("title")}</h1>
      <p className={styles.words}>{me.name}</p>
      {me.takes_contacts && <OnAcceptance />}
      <PasswordForm />
      <SecondFactor />
      <Sessions />
    </main>
  );
}
