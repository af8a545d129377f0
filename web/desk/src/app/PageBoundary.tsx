import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/States";

/** A mistake in one page does not take the header, the palette and the way out with it. */
export class PageBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <main role="alert">
      <Empty title={t("broken.title")}>
        <p>{t("broken.words")}</p>
        <Button onClick={() => window.location.reload()}>{t("broken.reload")}</Button>
      </Empty>
    </main>
  );
}
