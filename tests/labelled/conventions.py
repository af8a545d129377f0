"""What the catalogue's conventions fix, and what a stopwatch tells, so that writers need not label it by hand.

`conventional` answers where channel, direction, head or the sources observed decide a practice by convention alone;
`measured` answers the practices that are arithmetic over times and word counts. Everything else is a reader's
judgement and must be written in the script. Limits are the default limits of the catalogue.
"""

PRACTICES = """
opening.greet opening.own-name opening.company-name opening.offer-help opening.purpose opening.good-time
opening.rapport opening.profile-seen opening.journey-known opening.recording-consent identity.verify-first
listening.no-interruption listening.first-statement listening.acknowledge listening.paraphrase listening.ask-first
listening.no-repeat-question listening.notes listening.talk-balance listening.respond
empathy.acknowledge-emotion empathy.accept-problem empathy.apologise empathy.no-excuses empathy.no-blame
empathy.de-escalate empathy.mirror-pace empathy.match-mood
courtesy.polite courtesy.use-name courtesy.thank-time tone.professional tone.calm tone.warm
clarity.pace clarity.no-jargon clarity.concise clarity.absorb clarity.confident
hold.ask-first hold.short hold.thank-patience silence.no-dead-air silence.narrate
script.natural script.required script.forbidden framework.steps framework.deviation sales.disclosures
expectations.set-early expectations.time-frame resolution.offer resolution.in-context resolution.collaborate
resolution.confirm resolution.first-contact resolution.root-cause ownership.commit ownership.priority
ownership.follow-up ownership.updates promises.realistic promises.kept honesty.no-guess honesty.exact-status
help.ask help.not-habit help.same-answer transfer.avoid transfer.explain transfer.context
escalation.on-demand escalation.prevent flag.sensitive
sales.need-based sales.opportunity sales.no-push sales.close authority.use authority.no-needless-approval
channel.preferred closing.anything-else closing.feedback-ask closing.feedback-heard closing.personal
closing.good-terms closing.mindset closing.wrap-up
""".split()

MET, MISSED, VOID, UNKNOWN = "met", "missed", "not_applicable", "not_assessed"
DESK_KINDS = {"profile_viewed", "article_opened", "guide_step", "note", "field_captured", "remedy",
              "approval_requested", "help_requested", "promise", "followup_scheduled", "flagged", "disposition",
              "verified"}
RESPONSE_MS = {"voice": 3000, "chat": 120000, "message": 120000, "email": 86400000}


def full_id(name):
    """The practice that `name` names in full or by the part after the dot; None where there is none."""
    found = [practice for practice in PRACTICES if name in (practice, practice.split(".", 1)[1])]
    return found[0] if len(found) == 1 else None


def seen(interaction, source, kinds):
    """Whether a source was observed: by `observed`, or without it by any event of its kinds."""
    if "observed" in interaction:
        return source in interaction["observed"]
    return any(event["kind"] in kinds for event in interaction["events"])


def conventional(interaction):
    """Verdicts that follow from head, channel and sources alone."""
    kinds = {event["kind"] for event in interaction["events"]}
    contexts = [event for event in interaction["events"] if event["kind"] == "context"]
    voice, email = interaction["channel"] == "voice", interaction["channel"] == "email"
    verdicts = dict.fromkeys(["tone.warm", "closing.mindset", "help.not-habit", "resolution.first-contact"], UNKNOWN)
    void = ["script.natural", "script.required", "script.forbidden", "sales.disclosures"]
    if not any("framework" in context for context in contexts):
        void += ["framework.steps", "framework.deviation"]
    if not any(context.get("consent_required") for context in contexts):
        void += ["opening.recording-consent"]
    people = [interaction.get("customer", {}), *interaction.get("participants", []), *contexts]
    if not any("preferred_channel" in entry for entry in people):
        void += ["channel.preferred"]
    outbound = interaction["direction"] == "outbound"
    void += ["opening.offer-help"] if outbound or email else []
    void += ["opening.purpose", "opening.good-time"] if not outbound else [] if voice else ["opening.good-time"]
    if not voice:
        void += ["listening.no-interruption", "listening.first-statement", "listening.talk-balance",
                 "empathy.mirror-pace", "clarity.pace", "hold.ask-first", "hold.short", "hold.thank-patience",
                 "silence.no-dead-air", "silence.narrate"]
    if interaction["channel"] in ("email", "message"):
        void += ["listening.acknowledge"]
    verdicts.update(dict.fromkeys(void, VOID))

    listed = "observed" in interaction
    if not seen(interaction, "desk", DESK_KINDS):
        verdicts.update(dict.fromkeys(["opening.profile-seen", "listening.notes", "resolution.root-cause",
                                       "closing.wrap-up"], UNKNOWN))
        authority = UNKNOWN if listed else VOID
        verdicts.update({"authority.use": authority, "authority.no-needless-approval": authority})
    elif "profile_viewed" not in kinds:
        verdicts["opening.profile-seen"] = MISSED
    if "disposition" not in kinds and seen(interaction, "desk", DESK_KINDS):
        verdicts.update({"resolution.root-cause": MISSED, "closing.wrap-up": MISSED})
    if not kinds & {"remedy", "approval_requested"} and seen(interaction, "desk", DESK_KINDS):
        verdicts.update({"authority.use": VOID, "authority.no-needless-approval": VOID})
    telephony = not listed or "telephony" in interaction["observed"]
    if voice and "hold" not in kinds:
        verdicts.update(dict.fromkeys(["hold.ask-first", "hold.short", "hold.thank-patience"],
                                      VOID if telephony else UNKNOWN))
    if "transfer" not in kinds:
        none = VOID if telephony else UNKNOWN
        verdicts.update({"transfer.avoid": MET if listed and telephony else none, "transfer.explain": none,
                         "transfer.context": none})
    if not interaction.get("history"):
        journey = not listed or "journey" in interaction["observed"]
        verdicts["opening.journey-known"] = VOID if journey else UNKNOWN
    return verdicts


def turns_of(interaction):
    """Words and speech as (start, end, speaker, text)."""
    return [(event["at_ms"], event.get("end_ms", event["at_ms"]), event["by"], event["text"])
            for event in interaction["events"] if event["kind"] in ("utterance", "message")]


def longest_turn(turns, who):
    """Words of the longest turn: consecutive texts of one speaker make one turn."""
    longest, current, last = 0, 0, None
    for _, _, speaker, text in turns:
        current = len(text.split()) + (current if speaker == last else 0)
        last = speaker
        longest = max(longest, current if speaker == who else 0)
    return longest


def silences(interaction):
    """(length, speaker before, speaker after) of every silence that no hold covers."""
    spans = [(start, end, speaker) for start, end, speaker, _ in turns_of(interaction)]
    spans += [(event["at_ms"], event["end_ms"], "hold") for event in interaction["events"] if event["kind"] == "hold"]
    spans.sort()
    result, end, before = [], None, None
    for start, stop, speaker in spans:
        if end is not None and start > end:
            result.append((start - end, before, speaker))
        if end is None or stop >= end:
            end, before = stop, speaker
    return result


def measures(interaction):
    """What a stopwatch shows; times in milliseconds, paces in words a minute, share in thousandths."""
    turns, gaps = turns_of(interaction), silences(interaction)
    shown = {"agent_longest_turn_words": longest_turn(turns, "agent"),
             "slowest_response": max((gap for gap, a, b in gaps if a == "customer" and b == "agent"), default=0)}
    if interaction["channel"] != "voice":
        return shown
    spoken = {who: sum(end - start for start, end, by, _ in turns if by == who) for who in ("agent", "customer")}
    words = {who: sum(len(text.split()) for _, _, by, text in turns if by == who) for who in spoken}
    for who in spoken:
        shown[who + "_pace"] = words[who] * 60000 // max(1, spoken[who])
    holds = [event["end_ms"] - event["at_ms"] for event in interaction["events"] if event["kind"] == "hold"]
    shown.update(agent_share=spoken["agent"] * 1000 // max(1, sum(spoken.values())),
                 customer_speech=spoken["customer"], longest_silence=max((gap for gap, _, _ in gaps), default=0),
                 longest_hold=max(holds, default=0), held=sum(holds),
                 agent_over_customer=[text for start, _, by, text in turns if by != "customer" and any(
                     other == "customer" and begin < start < end for begin, end, other, _ in turns)])
    return shown


def measured(interaction):
    """Verdicts of the practices that are arithmetic over `measures`."""
    shown, voice = measures(interaction), interaction["channel"] == "voice"
    verdict = lambda good: MET if good else MISSED
    verdicts = {"listening.respond": verdict(shown["slowest_response"] <= RESPONSE_MS[interaction["channel"]]),
                "clarity.concise": verdict(shown["agent_longest_turn_words"] <= (60 if voice else 120))}
    if not voice:
        return verdicts
    verdicts["clarity.pace"] = verdict(110 <= shown["agent_pace"] <= 220)
    verdicts["empathy.mirror-pace"] = verdict(abs(shown["agent_pace"] - shown["customer_pace"]) <= 40)
    verdicts["listening.talk-balance"] = verdict(300 <= shown["agent_share"] <= 700)
    verdicts["silence.no-dead-air"] = verdict(shown["longest_silence"] <= 10000)
    if shown["held"]:
        verdicts["hold.short"] = verdict(shown["longest_hold"] <= 120000 and shown["held"] <= 240000)
    if shown["customer_speech"] < 120000:
        verdicts["listening.acknowledge"] = VOID
    if not shown["agent_over_customer"]:
        verdicts.update({"listening.no-interruption": MET, "listening.first-statement": MET})
    return verdicts
