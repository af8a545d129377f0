import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { may } from "@/api/session";
import type { WholeInteraction } from "@/api/types";
import { useMe } from "@/api/use-session";
import { useAction } from "@/shared/actions/actions";
import { clockText } from "@/shared/time/format";
import type { SeenEvent } from "@/shared/timeline/lines";
import { ActionButton } from "@/shared/ui/ActionButton";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { Failed } from "@/shared/ui/States";
import type { Moment } from "../model/ledger";
import { afterSilence, missing, silencesOf, soundOf, usePeaks, type Peaks } from "../model/recording";
import { Waveform } from "./Waveform";
import styles from "./Player.module.css";

type Props = { interaction: WholeInteraction; events: readonly SeenEvent[]; moments: readonly Moment[]; selected: Moment | undefined };

/** The recording of a call, for whoever may listen; nothing where there is none. */
export function Player(props: Props) {
  const me = useMe();
  const [part, setPart] = useState(1);
  const recorded = props.events.some((event) => event.kind === "recording_started");
  if (!recorded || !may(me, "recordings.listen")) return null;
  return <Found {...props} part={part} onPart={setPart} />;
}

type FoundProps = Props & { part: number; onPart: (part: number) => void };

function Found({ part, onPart, ...props }: FoundProps) {
  const { t } = useTranslation("review");
  const peaks = usePeaks(props.interaction.id, part);
  const lacks = missing(peaks);
  if (lacks) {
    return (
      <section className={styles.player} aria-label={t("recording.title")}>
        {lacks.soon ? <p className={styles.words} role="status">{t("recording.soon")}</p> : <Failed code={lacks.code} {...(lacks.again && { retry: () => void peaks.refetch() })} />}
      </section>
    );
  }
  if (peaks.data === undefined) return null;
  return <Ready key={part} {...props} part={part} onPart={onPart} peaks={peaks.data} />;
}

const speeds = [0.75, 1, 1.25, 1.5, 2] as const;
const stepMs = 5_000;

function Ready({ interaction, events, moments, selected, part, onPart, peaks }: FoundProps & { peaks: Peaks }) {
  const { t } = useTranslation("review");
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const again = () => {
    setFailed(false);
    // Where one was, and from there on.
    audio.current?.load();
    if (audio.current) audio.current.currentTime = at / 1_000;
    void audio.current?.play().catch(() => setFailed(true));
  };
  const [speed, setSpeed] = useState<number>(1);
  const [skips, setSkips] = useState(false);
  const offset = Date.parse(peaks.started_at) - Date.parse(interaction.started_at);
  const silences = useMemo(() => silencesOf(peaks), [peaks]);
  const seek = useCallback((ms: number) => {
    const there = Math.max(0, Math.min(ms, peaks.duration_ms));
    if (audio.current) audio.current.currentTime = there / 1_000;
    setAt(there);
  }, [peaks.duration_ms]);
  usePlace(audio, playing, (ms) => {
    const next = skips ? afterSilence(silences, ms) : ms;
    if (next > ms) seek(next);
    else setAt(ms);
  });
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed;
  }, [speed]);
  // Goes where evidence is selected.
  const wanted = selected === undefined ? null : Math.max(0, Math.min(selected.at - offset, peaks.duration_ms));
  const [followed, setFollowed] = useState<number | null>(null);
  if (wanted !== followed) {
    setFollowed(wanted);
    if (wanted !== null) setAt(wanted);
  }
  useEffect(() => {
    if (audio.current && wanted !== null) audio.current.currentTime = wanted / 1_000;
  }, [wanted]);
  const toggle = () => void (playing ? audio.current?.pause() : audio.current?.play().catch(() => setFailed(true)));
  useAction("review.play", toggle);
  useAction("review.soundBack", () => seek(at - stepMs));
  useAction("review.soundAhead", () => seek(at + stepMs));
  return (
    <section className={styles.player} aria-label={t("recording.title")}>
      <audio ref={audio} src={soundOf(interaction.id, part)} preload="none" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={() => setPlaying(false)} onError={() => setFailed(true)} />
      <div className={styles.controls}>
        <ActionButton action="review.soundBack" kind="quiet" />
        <ActionButton action="review.play" kind="primary" icon={<Icon name={playing ? "pause" : "play"} />} />
        <ActionButton action="review.soundAhead" kind="quiet" />
        <span className={styles.time}>{`${clockText(at)} / ${clockText(peaks.duration_ms)}`}</span>
        <label className={styles.choice}>
          {t("recording.speed")}
          <select value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
            {speeds.map((one) => <option key={one} value={one}>{t("recording.times", { speed: one })}</option>)}
          </select>
        </label>
        <label className={styles.choice}>
          <input type="checkbox" checked={skips} onChange={(event) => setSkips(event.target.checked)} />
          {t("recording.skip")}
        </label>
        {peaks.parts > 1 && (
          <label className={styles.choice}>
            {t("recording.part")}
            <select value={part} onChange={(event) => onPart(Number(event.target.value))}>
              {Array.from({ length: peaks.parts }, (_, index) => <option key={index} value={index + 1}>{index + 1}</option>)}
            </select>
          </label>
        )}
        {failed && (
          <p className={styles.words} role="alert">
            {t("recording.failed")} <Button onClick={again}>{t("common:retry")}</Button>
          </p>
        )}
      </div>
      <Waveform peaks={peaks} at={at} offset={offset} silences={skips ? silences : []} events={events} moments={moments} onSeek={seek} />
      <input
        className={styles.slider}
        type="range"
        min={0}
        max={Math.max(1, peaks.duration_ms)}
        step={100}
        value={Math.round(at / 100) * 100}
        aria-label={t("recording.place")}
        aria-valuetext={t("recording.placeOf", { at: clockText(at), all: clockText(peaks.duration_ms) })}
        onChange={(event) => seek(Number(event.target.value))}
        onKeyDown={own}
      />
    </section>
  );
}

/** The slider's own keys are not the page's. */
function own(event: KeyboardEvent) {
  if (event.key.startsWith("Arrow") || ["Home", "End", "PageUp", "PageDown"].includes(event.key)) event.stopPropagation();
}

/** Tells where the sound is, at most once a frame and only while it plays. */
function usePlace(audio: RefObject<HTMLAudioElement | null>, playing: boolean, tell: (ms: number) => void): void {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    const look = () => {
      if (audio.current) latest.current(audio.current.currentTime * 1_000);
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [audio, playing]);
}
