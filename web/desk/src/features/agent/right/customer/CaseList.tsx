import { useState, type FormEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Case } from "@/api/types";
import { may } from "@/api/session";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { agoText, exactText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import { Failed, Skeleton } from "@/shared/ui/States";
import { attemptOf, inOrder, isActive, stepsOf } from "@/features/agent/model/case";
import type { Conversation } from "@/features/agent/model/conversation";
import { failureText } from "@/features/agent/store/commands";
import { useCases, useCustomerChanges } from "@/features/agent/store/customer";
import { useDraft } from "@/api/use-draft";
import styles from "./Customer.module.css";

type Props = { conversation: Conversation; customer: string };

const settledAtOnce = 2;

/** The customer's matters: how each stands, which attempt this is at it, and what can be done with it. */
export function CaseList({ conversation, customer }: Props) {
  const { t } = useTranslation("agent");
  const me = useMe();
  const cases = useCases(customer, true);
  const [open, setOpen] = useState<string | null>(null);
  const [making, setMaking] = useState(false);
  const [all, setAll] = useState(false);
  const writes = may(me, "cases.write");
  useAction("agent.case", writes && !making ? () => setMaking(true) : null);
  const ordered = inOrder(cases.data ?? []);
  const active = ordered.filter(isActive).length;
  const shown = all ? ordered : ordered.slice(0, active + settledAtOnce);
  return (
    <div>
      <h4 className={styles.title}>
        {t("case.title")}
        {writes && !making && <ActionButton action="agent.case" kind="quiet" className={styles.small} />}
      </h4>
      {making && <NewCase conversation={conversation} customer={customer} onDone={() => setMaking(false)} />}
      {cases.isLoading && <Skeleton lines={2} />}
      {cases.isError && <Failed code="other" retry={() => void cases.refetch()} />}
      {cases.data && ordered.length === 0 && !making && <p className={styles.words}>{t("case.none")}</p>}
      <ul className={styles.cases}>
        {shown.map((one) => (
          <CaseLine key={one.id} one={one} conversation={conversation} customer={customer} open={one.id === open} onOpen={() => setOpen(one.id === open ? null : one.id)} />
        ))}
      </ul>
      {ordered.length > shown.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t("case.earlier", { count: ordered.length - shown.length })}
        </button>
      )}
    </div>
  );
}

function CaseLine({ one, conversation, customer, open, onOpen }: Props & { one: Case; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation("agent");
  const linked = one.interactions.includes(conversation.id);
  return (
    <li className={styles.case} data-open={open || undefined}>
      <button type="button" className={styles.caseRow} aria-expanded={open} onClick={onOpen}>
        <span className={styles.state} data-state={one.state}>{t(`case.state.${one.state}`)}</span>
        <span className={styles.caseTitle}>{one.title}</span>
        <span className={styles.attempt}>{linked ? t("case.attempt", { number: attemptOf(one, conversation.id) }) : t("case.contacts", { count: one.interactions.length })}</span>
      </button>
      {open && <OpenCase one={one} conversation={conversation} customer={customer} linked={linked} />}
    </li>
  );
}

function OpenCase({ one, conversation, customer, linked }: Props & { one: Case; linked: boolean }) {
  const { t, i18n } = useTranslation("agent");
  const me = useMe();
  const now = useNow();
  const { linkCase, moveCase } = useCustomerChanges(customer);
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const run = async (what: string, change: () => ReturnType<typeof moveCase>) => {
    setBusy(what);
    const done = await change();
    setBusy(null);
    setFailure(done.ok ? null : failureText(done.failure));
  };
  const opened = Date.parse(one.opened_at);
  const owner = one.owner === "" ? t("case.nobodys") : one.owner === me.user ? t("case.mine") : "";
  return (
    <div className={styles.opened}>
      <p className={styles.words} title={exactText(opened, i18n.language)}>
        {[t("case.openedAgo", { ago: agoText(opened, now, i18n.language) }), owner, one.reopened > 0 ? t("case.reopened", { count: one.reopened }) : ""].filter((part) => part !== "").join(" · ")}
      </p>
      {linked && <p className={styles.words}>{t("case.linked", { number: attemptOf(one, conversation.id) })}</p>}
      {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
      {may(me, "cases.write") && (
        <div className={styles.buttons}>
          {!linked && (
            <Button kind="primary" className={styles.small} busy={busy === "link"} disabled={busy !== null} onClick={() => void run("link", () => linkCase(one.id, conversation.id))}>
              {t("case.link")}
            </Button>
          )}
          {stepsOf(one).map((step) => (
            <Button key={step} className={styles.small} busy={busy === step} disabled={busy !== null} onClick={() => void run(step, () => moveCase(one.id, step))}>
              {t(`case.action.${step}`)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

const titleMax = 200;

/** A new matter, whose first contact this conversation is; the agent sees to it. */
function NewCase({ conversation, customer, onDone }: Props & { onDone: () => void }) {
  const { t } = useTranslation("agent");
  const me = useMe();
  const { openCase } = useCustomerChanges(customer);
  const [title, setTitle] = useDraft("case", conversation.id, "");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "" || busy) return;
    setBusy(true);
    const done = await openCase(title.trim(), me.user, conversation.id);
    setBusy(false);
    if (!done.ok) return setFailure(failureText(done.failure));
    setTitle("");
    onDone();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onDone();
  };
  return (
    <form className={styles.form} aria-label={t("case.new")} onSubmit={(event) => void submit(event)} onKeyDown={pressed}>
      <TextField label={t("case.name")} placeholder={t("case.nameHint")} maxLength={titleMax} autoFocus value={title} onChange={(event) => setTitle(event.target.value)} />
      {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
      <div className={styles.buttons}>
        <Button kind="quiet" onClick={onDone} hint="Esc">{t("common:cancel")}</Button>
        <Button type="submit" kind="primary" busy={busy} disabled={title.trim() === ""}>{t("case.open")}</Button>
      </div>
    </form>
  );
}
