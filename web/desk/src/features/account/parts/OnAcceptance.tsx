import { useTranslation } from "react-i18next";
import { useMe } from "@/api/use-session";
import { useStored } from "@/shared/hooks/stored";
import { opensOnAcceptance } from "@/shared/screen-pop";
import styles from "../AccountPage.module.css";

/** For whoever takes contacts: whether what they accept opens in the brand's other system by itself. */
export function OnAcceptance() {
  const { t } = useTranslation("account");
  const [opens, setOpens] = useStored<"on" | "off">(opensOnAcceptance(useMe().user), "off");
  return (
    <section className={styles.section} aria-label={t("accept.title")}>
      <h2>{t("accept.title")}</h2>
      <label className={styles.flag}>
        <input type="checkbox" checked={opens === "on"} onChange={(event) => setOpens(event.target.checked ? "on" : "off")} />
        {t("accept.opens")}
      </label>
      <p className={styles.words}>{t("accept.words")}</p>
    </section>
  );
}
