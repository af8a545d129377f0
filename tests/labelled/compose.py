#!/usr/bin/env python3
"""Composes labelled conversations from scripts.

    compose.py SCRIPTS_DIR              writes SCRIPTS_DIR.jsonl and SCRIPTS_DIR.labels.jsonl
    compose.py SCRIPTS_DIR --measure    prints what a stopwatch would show instead
    compose.py SCRIPTS_DIR --words=FILE writes the conversations alone to FILE: others label them, no label is needed

A script (`*.txt`, read in order of name) holds conversations. Each begins with `=== id`, then head lines,
an empty line, the turns and events, a line `---`, and the labels. A line beginning with two blanks continues the
line before; `#` at the start of a line is a remark.

Head lines, all but channel and started_at optional
    channel: voice            direction: outbound        started_at: 2026-03-02T09:15:00Z
    time_zone, language, brand, company, queue, case: as in the interaction format
    observed: words timing desk       absent line = no `observed`; empty value = []
    agent: Dana | agent_id            `-` for a person without a name; the id is optional
    customer: Pat Brown               `-` for none known
    preferred: chat                   the customer's preferred channel
    known: account_number=88123 town="New Ross"
    history: 2026-03-01T10:00:00Z chat | what it was about          (may be repeated)
    participant: a2 agent Rosa        further participants; with one, `participants` is written in full
    speed: 175 190                    words a minute of agent and customer
    style: raw                        recogniser's look: lower case, no punctuation

Turns
    A: text      agent; C customer, S supervisor, B bot, A2 the agent with id a2
    A{gap=4s}: text        silence before it (ms, s, m, h); default by channel and speaker
    C{over=700ms}: text    begins that long before the latest end so far
    A{wpm=240}: or A{dur=900ms}: speed or length of this turn alone

Events
    @hold dur=95s                     spans move the clock on; other events do not
    @remedy what="bill credit" amount=20 currency=GBP limit=50
    @disposition gap=40s reason=...   gap: that long after the latest end so far
    @context {"limits": {"credit": 50}}     a JSON object instead of pairs

Labels: `+` met, `-` missed, `0` not applicable, `?` not assessed, each followed by ids, of which the part after the
dot is enough. What conventions.py fixes or measures need not be written; a written label wins. It is an error if an
id of the catalogue is left without a verdict.

All lengths are integers made from the texts and a checksum of id and position, so output never varies.
"""
import json
import pathlib
import re
import shlex
import sys
import zlib

import conventions

UNITS = {"ms": 1, "s": 1000, "m": 60000, "h": 3600000}
ROLES = {"A": "agent", "C": "customer", "S": "supervisor", "B": "bot"}
VERDICTS = {"+": "met", "-": "missed", "0": "not_applicable", "?": "not_assessed"}
SHARED_KEYS = ("time_zone", "language", "brand", "company", "queue", "case")
# Silence before a turn in milliseconds: by channel, for the agent and for everybody else.
GAPS = {"voice": ((200, 1200), (200, 1200)),
        "chat": ((9000, 55000), (7000, 60000)),
        "message": ((15000, 95000), (30000, 420000)),
        "email": ((3600000, 18000000), (5400000, 64000000))}


class ScriptError(Exception):
    """A script that cannot be read; the text names the conversation and what was expected."""


def vary(low, high, *key):
    """A number in [low, high] that depends on the key alone."""
    return low + zlib.crc32("/".join(map(str, key)).encode()) % (high - low + 1)


def duration(text):
    """'4s', '700ms', '3h' or bare milliseconds, in milliseconds."""
    number, unit = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|m|h)?", text).groups()
    return round(float(number) * UNITS[unit or "ms"])


def value(text):
    """A number or truth value where the text is one, else the text."""
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?\d{1,15}", text) and not re.fullmatch(r"0\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text


def pairs(text):
    """key=value pairs, values as texts; quotes hold blanks together."""
    return dict(item.split("=", 1) for item in shlex.split(text))


def raw(text):
    """The text as a recogniser would write it."""
    text = re.sub(r"(?<=\w)-(?=\w)|[—–…]", " ", text.lower().replace("’", "'"))
    return " ".join(re.sub(r"[^\w' \[\]]", "", text).split())


def person(text, prefix):
    """'Dana | a-7' as {id, name}; the id made from the name where none is given."""
    name, _, given = (part.strip() for part in text.partition("|"))
    made = prefix + re.sub(r"\W+", "-", name.lower()).strip("-")
    known_name = {} if name == "-" else {"name": name}
    return {"id": given or (made if known_name else prefix + "1"), **known_name}


def read_head(conversation_id, lines):
    """The interaction's head, with the composer's own settings under `_`."""
    settings, history, more = {}, [], []
    for line in lines:
        key, _, text = (part.strip() for part in line.partition(":"))
        if key == "history":
            stamp, _, summary = text.partition("|")
            at, channel = stamp.split()
            history.append({"at": at, "channel": channel, "summary": summary.strip()})
        elif key == "participant":
            ident, role, name = text.split(None, 2)
            more.append({"id": ident, "role": role, "name": name})
        else:
            settings[key] = text
    head = {"format": 1, "id": conversation_id, "channel": settings.pop("channel"),
            "direction": settings.pop("direction", "inbound"), "started_at": settings.pop("started_at")}
    head.update({key: settings.pop(key) for key in SHARED_KEYS if key in settings})
    if "observed" in settings:
        head["observed"] = settings.pop("observed").split()
    agent = person(settings.pop("agent", "-"), "a-")
    customer = person(settings.pop("customer", "-"), "c-")
    if "preferred" in settings:
        customer["preferred_channel"] = settings.pop("preferred")
    if "known" in settings:
        customer["known"] = pairs(settings.pop("known"))
    if more:
        head["participants"] = [{"id": "p1", "role": "agent", "person": agent.pop("id"), **agent},
                                {"id": "p2", "role": "customer", "person": customer.pop("id"), **customer}, *more]
    else:
        head["agent"] = agent
        if set(customer) != {"id"}:
            head["customer"] = customer
    if history:
        head["history"] = history
    speeds = settings.pop("speed", None)
    speeds = list(map(int, speeds.split())) if speeds else [vary(152, 205, conversation_id, who) for who in "AC"]
    style = settings.pop("style", "written")
    if settings:
        raise ScriptError(f"{conversation_id}: unknown head line {sorted(settings)[0]!r}")
    return head, speeds, style


def spoken_ms(text, speed, *key):
    """How long the words take at a speed in words a minute, give or take 8 %."""
    words = max(1, len(text.split()))
    return max(280, words * 60000 * vary(920, 1080, *key) // (speed * 1000))


def turn_event(head, line, index, clock, last, speeds, style):
    """One turn as an event, placed after (or over) what came before."""
    found = re.fullmatch(r"(A|C|S|B)(\d*)(?:\{([^}]*)\})?: ?(.*)", line)
    if not found:
        raise ScriptError(f"{head['id']}: neither turn nor event: {line!r}")
    letter, number, options, text = found.groups()
    options = pairs(options or "")
    speaker, voice = letter + number, head["channel"] == "voice"
    low, high = GAPS[head["channel"]][0 if letter in "AS" else 1]
    if speaker == last:
        low, high = (150, 600) if voice else (low // 3, high // 3)
    gap = duration(options["gap"]) if "gap" in options else vary(low, high, head["id"], index, "gap")
    if last is None and "gap" not in options:
        gap = 300 if voice else 0
    start = clock - duration(options["over"]) if "over" in options else clock + gap
    event = {"at_ms": start, "kind": "utterance" if voice else "message", "by": ROLES[letter]}
    if "participants" in head:
        main = {"A": "p1", "C": "p2"}
        event["participant"] = speaker.lower() if number or letter not in main else main[letter]
    if voice:
        speed = int(options.get("wpm", speeds[1] if letter == "C" else speeds[0]))
        long = duration(options["dur"]) if "dur" in options else spoken_ms(text, speed, head["id"], index)
        event["end_ms"] = start + long
    event["text"] = raw(text) if style == "raw" else text
    return event, speaker


def other_event(line, clock):
    """An `@kind …` line as an event at the clock."""
    kind, _, rest = line[1:].partition(" ")
    if rest.lstrip().startswith("{"):
        return {"at_ms": clock, "kind": kind, **json.loads(rest)}
    fields = pairs(rest)
    event = {"at_ms": clock + duration(fields.pop("gap", "0")), "kind": kind}
    if "dur" in fields:
        event["end_ms"] = event["at_ms"] + duration(fields.pop("dur"))
    event.update({key: value(text) for key, text in fields.items()})
    return event


def read_events(head, lines, speeds, style):
    """All events, sorted by time."""
    events, clock, last = [], 0, None
    for index, line in enumerate(lines):
        if line.startswith("@"):
            event = other_event(line, clock)
            clock = max(clock, event.get("end_ms", 0))
        else:
            event, last = turn_event(head, line, index, clock, last, speeds, style)
            clock = max(clock, event.get("end_ms", event["at_ms"]))
        events.append(event)
    return sorted(events, key=lambda event: event["at_ms"])


def read_labels(interaction, lines, complete):
    """Verdicts in the catalogue's order: conventional and measured ones, then the written ones over them."""
    written = {}
    for line in lines:
        for name in line[1:].split():
            practice = conventions.full_id(name)
            if practice is None or practice in written:
                raise ScriptError(f"{interaction['id']}: {'twice' if practice else 'unknown'}: {name}")
            written[practice] = VERDICTS[line[0]]
    verdicts = {**conventions.conventional(interaction), **conventions.measured(interaction), **written}
    open_ids = [practice for practice in conventions.PRACTICES if practice not in verdicts]
    if open_ids and complete:
        raise ScriptError(f"{interaction['id']}: no verdict for {' '.join(open_ids)}")
    return {practice: verdicts[practice] for practice in conventions.PRACTICES if practice in verdicts}


def compose(block, complete):
    """One script block as (interaction, verdicts)."""
    conversation_id, _, body = block.partition("\n")
    body = re.sub(r"(?m)^#.*\n", "", body)
    body = re.sub(r"\n {2,}", " ", body)
    script, _, labels = body.partition("\n---\n")
    head_text, _, turns = script.strip().partition("\n\n")
    head, speeds, style = read_head(conversation_id.strip(), head_text.splitlines())
    lines = [line for line in turns.splitlines() if line.strip()]
    interaction = {**head, "events": read_events(head, lines, speeds, style)}
    return interaction, read_labels(interaction, [line for line in labels.splitlines() if line.strip()], complete)


def main(arguments):
    measuring = "--measure" in arguments
    words = next((argument.partition("=")[2] for argument in arguments if argument.startswith("--words=")), None)
    folder = pathlib.Path(next(argument for argument in arguments if not argument.startswith("--")))
    results = []
    for path in sorted(folder.glob("*.txt")):
        blocks = re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]
        results += [compose(block, not measuring and words is None) for block in blocks]
    if measuring:
        for interaction, _ in results:
            print(interaction["id"], interaction["channel"], conventions.measures(interaction))
        return
    dump = lambda item: json.dumps(item, ensure_ascii=False) + "\n"
    if words is not None:
        pathlib.Path(words).write_text("".join(dump(i) for i, _ in results), encoding="utf-8")
        print(f"{len(results)} conversations")
        return
    folder.with_suffix(".jsonl").write_text("".join(dump(i) for i, _ in results), encoding="utf-8")
    folder.with_suffix(".labels.jsonl").write_text(
        "".join(dump({"id": i["id"], "verdicts": v}) for i, v in results), encoding="utf-8")
    print(f"{len(results)} conversations")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except ScriptError as error:
        sys.exit(str(error))
