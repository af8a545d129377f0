import { useTranslation } from "react-i18next";
import { NavLink, useNavigate } from "react-router";
import { logOut } from "@/api/login";
import { useMe } from "@/api/use-session";
import { runAction } from "@/shared/actions/actions";
import { nextTheme, useTheme } from "@/shared/theme/theme";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { Menu } from "@/shared/ui/Menu";
import { notify } from "@/shared/ui/notices";
import type { Area } from "./areas";
import styles from "./Header.module.css";

export function Header({ areas }: { areas: readonly Area[] }) {
  const { t } = useTranslation();
  const theme = useTheme();
  const icons = { system: "screen", light: "sun", dark: "moon" } as const;
  return (
    <header className={styles.header}>
      <p className={styles.product}>
        <Mark />
        {t("product")}
      </p>
      {areas.length > 1 && (
        <nav aria-label={t("areas")} className={styles.areas}>
          {areas.map((area) => (
            <NavLink key={area.path} to={area.path} className={styles.area ?? ""}>
              {t(area.label)}
            </NavLink>
          ))}
        </nav>
      )}
      <div className={styles.end}>
        <Button kind="quiet" icon={<Icon name="search" />} hint="Ctrl+k" aria-keyshortcuts="Control+k" onClick={() => runAction("app.palette")}>
          {t("action.palette")}
        </Button>
        <Button kind="quiet" icon={<Icon name="keys" />} aria-label={t("action.keys")} title={t("action.keys")} onClick={() => runAction("app.keys")} />
        <Button kind="quiet" icon={<Icon name={icons[theme]} />} aria-label={t(`theme.${theme}`)} title={t(`theme.${theme}`)} onClick={nextTheme} />
        <Account />
      </div>
    </header>
  );
}

function Account() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const leave = async () => {
    const done = await logOut();
    if (!done.ok) notify(t([`failure.${done.failure.code}`, "failure.other"]), "bad");
  };
  const button = (
    <>
      <span className={styles.initial} data-initial={me.name.slice(0, 1)} />
      <span>{me.name}</span>
      <Icon name="chevron" size={12} />
    </>
  );
  const items = [
    { id: "account", label: <><Icon name="person" />{t("ownAccount")}</>, run: () => void navigate("/account") },
    { id: "out", label: <><Icon name="out" />{t("signOut")}</>, run: () => void leave() },
  ];
  return <Menu end label={t("account", { name: me.name })} button={button} buttonClass={styles.account} items={items} />;
}

function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true" focusable="false" fill="none" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
      <rect width="32" height="32" rx="8" className={styles.markGround} />
      <path className={styles.markLine} d="M9 10.5A2.5 2.5 0 0 1 11.5 8h9a2.5 2.5 0 0 1 2.5 2.5v6a2.5 2.5 0 0 1-2.5 2.5H16l-4.5 4v-4A2.5 2.5 0 0 1 9 16.5zM13 13.6l2.2 2.2 4-4" />
    </svg>
  );
}
