import { useEffect, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { useHead } from "@/api/speakers";
import { useDraft } from "@/api/use-draft";
import { useAction } from "@/shared/actions/actions";
import { nobodyWrites } from "@/shared/actions/cut-off";
import { clockText } from "@/shared/time/format";
import { useNow } from "@/shared/time/now";
import { Button } from "@/shared/ui/Button";
import { Choice, SelectField, TextField } from "@/shared/ui/Field";
import type { Conversation } from "../model/conversation";
import { nextMorning } from "../model/due";
import type { Slot } from "../model/hands";
import { heardPromises } from "../model/heard";
import { allowed, isReason, outcomesOf, prefilled, reasonGroups, reasonOptions, type ReasonOption, type WrapUp } from "../model/wrap-up";
import { tellInTime, tellNow } from "../store/call-result";
import { failureText, wrapUp } from "../store/commands";
import { useQueues } from "../store/reads";
import { FollowUp, WrapUpPromises } from "./WrapUpPromises";
import { LeftOver } from "./LeftOver";
import styles from "./WrapUpForm.module.css";

/** What was filled in by hand is kept when the time runs out: so long before its end. */
const savedBeforeMs = 2_000;

/** In the composer's place: everything filled in from what happened, to be confirmed with a key. */
export function WrapUpForm({ slot, conversation }: { slot: Slot; conversation: Conversation }) {
  const { t } = useTranslation("agent");
  const id = slot.interaction;
  const queues = useQueues();
  const queue = queues.data?.find((one) => one.id === conversation.live?.queue && one.brand === conversation.live.brand);
  const options = reasonOptions(queue?.dispositions?.reasons ?? []);
  const [edited, setEdited] = useDraft<WrapUp | null>("wrap-up", id, null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const head = useHead(id, conversation.events);
  const [later] = useState(() => nextMorning(Date.now()));
  const heard = heardPromises(conversation.events, Date.parse(conversation.live?.started_at ?? ""), head.data?.language ?? "");
  const fresh = prefilled(options, conversation.live?.queue ?? "", conversation.events, heard, later);
  const filled = edited === null ? fresh : { ...edited, reason: isReason(options, edited.reason) ? edited.reason : fresh.reason };
  const change = (more: Partial<WrapUp>) => setEdited({ ...filled, ...more });
  // Until the queue's reasons are there, none that is filled in is sure to be one of them.
  const complete = filled.reason !== "" && !queues.isPending;

  const saving = useRef(false);

  const save = async () => {
    if (saving.current) return;
    saving.current = true;
    const done = await wrapUp(id, filled);
    saving.current = false;
    if (!done.ok) setFailure(failureText(done.failure));
  };
  const confirm = async () => {
    if (!complete || busy) return;
    setBusy(true);
    setFailure(null);
    // With the wrap-up the call leaves the hands, and a word that the server does not have would be lost.
    const untold = await tellNow(id);
    if (untold) setFailure(t("wrapUp.untold", { why: failureText(untold) }));
    else await save();
    setBusy(false);
  };
  /** The time is over: what was filled in is not lost for a word that does not come through. */
  const saveInTime = async () => {
    await tellInTime(id);
    if (edited !== null && complete) await save();
  };
  useAction("agent.wrapUp", complete && !busy ? () => void confirm() : null);
  useSavedInTime(slot.until, edited !== null && complete, () => void saveInTime());
  useEffect(() => {
    // Only where nobody is writing elsewhere: a line that is being typed must not confirm anything.
    if (nobodyWrites()) form.current?.focus();
  }, []);

  const sent = (event: FormEvent) => {
    event.preventDefault();
    void confirm();
  };
  return (
    <form ref={form} tabIndex={-1} className={styles.form} aria-label={t("wrapUp.title")} onSubmit={sent} noValidate>
      <header className={styles.head}>
        <h3>{t("wrapUp.title")}</h3>
        <TimeLeft until={slot.until} edited={edited !== null} complete={complete} />
      </header>
      <LeftOver id={id} />
      <div className={styles.fields}>
        <Reason options={options} value={filled.reason} onChange={(reason) => change({ reason, outcome: allowed(options, reason, filled.outcome) })} />
        <TextField label={t("wrapUp.rootCause")} placeholder={t("wrapUp.rootCauseHint")} maxLength={100} value={filled.rootCause} onChange={(event) => change({ rootCause: event.target.value })} />
        <Choice label={t("wrapUp.outcome")} value={filled.outcome} options={outcomesOf(options, filled.reason).map((value) => ({ value, label: t(`outcome.${value}`) }))} onChange={(outcome) => change({ outcome })} />
      </div>
      <WrapUpPromises conversation={conversation} filled={filled} onChange={change} />
      {filled.outcome === "follow_up" && <FollowUp filled={filled} onChange={change} />}
      <footer className={styles.foot}>
        {failure !== null && (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <Button type="submit" kind="primary" hint="w" busy={busy} disabled={!complete} aria-keyshortcuts="w Enter">
          {t("action.wrapUp")}
        </Button>
      </footer>
    </form>
  );
}

/** A queue with a tree of reasons has a list; one without takes any word. */
function Reason({ options, value, onChange }: { options: readonly ReasonOption[]; value: string; onChange: (reason: string) => void }) {
  const { t } = useTranslation("agent");
  if (options.length === 0) return <TextField label={t("wrapUp.reason")} maxLength={100} value={value} onChange={(event) => onChange(event.target.value)} />;
  return (
    <SelectField label={t("wrapUp.reason")} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t("wrapUp.chooseReason")}</option>
      {[...reasonGroups(options)].map(([above, group]) => (above === "" ? <Leaves key={above} of={group} /> : (
        <optgroup key={above} label={above}>
          <Leaves of={group} />
        </optgroup>
      )))}
    </SelectField>
  );
}

function Leaves({ of }: { of: readonly ReasonOption[] }) {
  return of.map((option) => (
    <option key={option.id} value={option.id}>
      {option.label}
    </option>
  ));
}

function TimeLeft({ until, edited, complete }: { until: string | null; edited: boolean; complete: boolean }) {
  const { t } = useTranslation("agent");
  const now = useNow();
  if (until === null) return null;
  const time = clockText(Date.parse(until) - now);
  return <p className={styles.words}>{t(!edited ? "wrapUp.endsIn" : complete ? "wrapUp.savedIn" : "wrapUp.lostIn", { time })}</p>;
}

/** Once when the time is nearly over, and once more where it has become worth saving only then. */
function useSavedInTime(until: string | null, worthSaving: boolean, save: () => void): void {
  const now = useNow();
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  const due = until !== null && Date.parse(until) - now <= savedBeforeMs;
  useEffect(() => {
    if (due) latest.current();
  }, [due, worthSaving]);
}
