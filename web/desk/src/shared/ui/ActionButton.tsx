import { useTranslation } from "react-i18next";
import type { ReactNode } from "react";
import { definitionOf, runAction, useOffered } from "@/shared/actions/actions";
import { Button, type ButtonKind } from "./Button";

type Props = { action: string; kind?: ButtonKind; busy?: boolean; icon?: ReactNode; short?: boolean; className?: string | undefined };

/** The button of an action of the table: label, key and whether it is possible come from there. */
export function ActionButton({ action, short = false, ...rest }: Props) {
  const { t } = useTranslation();
  const { label, key } = definitionOf(action);
  const possible = useOffered(action);
  return (
    <Button
      {...rest}
      hint={short ? undefined : key}
      disabled={!possible}
      aria-keyshortcuts={key?.replace("Ctrl", "Control")}
      aria-label={short ? t(label) : undefined}
      title={short ? t(label) : undefined}
      onClick={() => runAction(action)}
    >
      {short ? undefined : t(label)}
    </Button>
  );
}
