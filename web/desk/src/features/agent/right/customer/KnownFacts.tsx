import { useState, type FormEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Customer, Participant } from "@/api/types";
import { agoText, exactText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { TextField } from "@/shared/ui/Field";
import type { Conversation } from "@/features/agent/model/conversation";
import { factsOf, identifiersOf, nameText, type Fact } from "@/features/agent/model/facts";
import { failureText, record } from "@/features/agent/store/commands";
import { CallLink } from "./CallLink";
import styles from "./Customer.module.css";

/** `certain`: what is on record has been read, so that nothing there means nothing. */
type Props = { conversation: Conversation; record: Customer | null; certain: boolean; participant: Participant | undefined; mine: boolean };

const shownAtOnce = 8;

/** What nobody has to ask again, each with where it comes from; and a line to add what was just learnt. */
export function KnownFacts({ conversation, record: onRecord, certain, participant, mine }: Props) {
  const { t } = useTranslation("agent");
  const [all, setAll] = useState(false);
  const startedAt = Date.parse(conversation.live?.started_at ?? "");
  const facts = factsOf(onRecord, participant, conversation.events, conversation.id, startedAt);
  const identifiers = identifiersOf(onRecord, participant);
  const prefers = onRecord?.preferred_channel || participant?.preferred_channel;
  const shown = all ? facts : facts.slice(0, shownAtOnce);
  return (
    <div>
      <h4 className={styles.title}>{t("customer.known")}</h4>
      {facts.length + identifiers.length === 0 && !prefers && certain && <p className={styles.words}>{t("customer.nothingKnown")}</p>}
      <dl className={styles.facts}>
        {prefers && (
          <div>
            <dt>{t("customer.prefers")}</dt>
            <dd>{t([`channel.${prefers}`, prefers])}</dd>
          </div>
        )}
        {identifiers.map((one) => (
          <div key={`${one.type} ${one.value}`}>
            <dt>{t([`customer.identifier.${one.type}`, nameText(one.type)])}</dt>
            <dd>
              {one.value} {one.type === "tel" && <CallLink number={one.plain} conversation={conversation} />} {one.verified && <span className={styles.verified}>{t("customer.verified")}</span>}
            </dd>
          </div>
        ))}
        {shown.map((one) => (
          <KnownFact key={one.name} fact={one} here={one.from === conversation.id} />
        ))}
      </dl>
      {facts.length > shown.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t("customer.moreFacts", { count: facts.length - shown.length })}
        </button>
      )}
      {mine && <Learn interaction={conversation.id} names={facts.map((one) => one.name)} />}
    </div>
  );
}

function KnownFact({ fact, here }: { fact: Fact; here: boolean }) {
  const { t, i18n } = useTranslation("agent");
  const now = useNow();
  const since = fact.at === null ? undefined : here ? t("customer.learntHere") : t(fact.from === "" ? "customer.enteredAgo" : "customer.learntAgo", { ago: agoText(fact.at, now, i18n.language) });
  return (
    <div>
      <dt>{nameText(fact.name)}</dt>
      <dd>
        {fact.value}
        {since !== undefined && (
          <span className={styles.since} title={fact.at === null ? undefined : exactText(fact.at, i18n.language)}>
            {since}
          </span>
        )}
      </dd>
    </div>
  );
}

/** Written on the timeline, and so known the next time. */
function Learn({ interaction, names }: { interaction: string; names: readonly string[] }) {
  const { t } = useTranslation("agent");
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const close = () => {
    setOpen(false);
    setFailure(null);
  };
  if (!open) {
    return (
      <button type="button" className={styles.more} onClick={() => setOpen(true)}>
        {t("customer.learn")}
      </button>
    );
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "" || value.trim() === "") return;
    setBusy(true);
    const done = await record(interaction, { kind: "field_captured", name: name.trim().toLowerCase().replaceAll(/\s+/g, "_"), value: value.trim() });
    setBusy(false);
    if (!done.ok) return setFailure(failureText(done.failure));
    setName("");
    setValue("");
    close();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return (
    <form className={styles.form} aria-label={t("customer.learn")} onSubmit={(event) => void submit(event)} onKeyDown={pressed}>
      <div className={styles.two}>
        <TextField label={t("customer.factName")} placeholder={t("customer.factHint")} maxLength={100} autoFocus list="known-names" value={name} onChange={(event) => setName(event.target.value)} />
        <TextField label={t("customer.factValue")} maxLength={500} value={value} onChange={(event) => setValue(event.target.value)} />
      </div>
      <datalist id="known-names">
        {names.map((one) => (
          <option key={one} value={nameText(one)} />
        ))}
      </datalist>
      {failure !== null && <p role="alert" className={styles.failure}>{failure}</p>}
      <div className={styles.buttons}>
        <Button kind="quiet" onClick={close}>{t("common:cancel")}</Button>
        <Button type="submit" busy={busy} disabled={name.trim() === "" || value.trim() === ""}>{t("customer.keepFact")}</Button>
      </div>
    </form>
  );
}
