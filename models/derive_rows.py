#!/usr/bin/env python3
"""Derives partly judged training rows from licensed dialogue sets.

    derive_rows.py DATA_DIR OUT_DIR

DATA_DIR holds the folders multidogo, banking77, sentiment and star as their projects publish them.
Only what their own labels tell is taken over: each row lists the labels that were judged. Texts are
kept as they are but for white space. Deterministic: the rows chosen depend on a hash of the text.
"""
import collections
import csv
import gzip
import hashlib
import json
import pathlib
import re
import sys


def order(text):
    return hashlib.sha256(text.encode()).hexdigest()


def clean(text):
    return re.sub(r"\s+", " ", text).strip()


class Rows:
    def __init__(self):
        self.by_class = collections.defaultdict(dict)

    def add(self, name, role, labels, judged, previous, text):
        text = clean(text)
        words = re.findall(r"[a-z']+", text.lower())
        key = " ".join(words)
        if text and len(text) < 400:
            self.by_class[name].setdefault(key, (role, labels, judged, clean(previous) or "-", text))

    def write(self, path, limits):
        chosen = []
        for name in sorted(self.by_class):
            rows = sorted(self.by_class[name].values(), key=lambda row: order(row[4]))
            chosen += rows[: limits.get(name, limits["*"])]
        lines = ["\t".join((role, ",".join(labels) or "-", previous, text, ",".join(judged)))
                 for role, labels, judged, previous, text in chosen]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(path.name, len(lines), "rows")


IDENTITY_SLOTS = {"name", "ssn", "email", "phone_number", "account_number", "password", "booking_confirmation_number",
                  "address", "current_address", "zipcode", "policy_number", "order_number", "email_address"}
NOT_SHOUTED = ["complaint", "upset", "sensitive", "asks-supervisor"]


def multidogo(data, out):
    rows = Rows()
    for path in sorted(data.glob("multidogo/*/train.tsv.gz")):
        domain = path.parent.name
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                text, intent = row["utterance"] or "", row["intent"] or ""
                slots = set((row["slot-labels"] or "").split()) - {"O"}
                words = len(text.split())
                if intent == "closinggreeting":
                    rows.add("goodbye", "customer", ["goodbye"], ["goodbye"] + NOT_SHOUTED, "", text)
                elif intent == "thankyou" and words > 1:
                    rows.add("thanks", "customer", ["thanks"], ["thanks", "complaint", "upset"], "", text)
                elif intent == "confirmation" and words > 1:
                    rows.add("agrees", "customer", ["agrees"], ["agrees", "disagrees", "upset"], "", text)
                elif intent == "openinggreeting" and words > 1:
                    rows.add("opening", "customer", [], NOT_SHOUTED + ["goodbye", "agrees", "disagrees"], "", text)
                elif intent == "contentonly" and slots & IDENTITY_SLOTS and words > 1:
                    rows.add("identity", "customer", ["gives-identity"], ["gives-identity", "upset"], "", text)
                elif intent == "contentonly" and not slots & IDENTITY_SLOTS and words > 2:
                    rows.add("content", "customer", [], ["goodbye", "thanks", "upset"], "", text)
                elif re.fullmatch(r"[a-z]+", intent) and domain != "fastfood" and words > 4 and not re.search(
                        "greeting|confirm|reject|outofdomain|contentonly|thankyou|intent", intent):
                    rows.add(f"task-{intent}", "customer", ["states-problem"],
                             ["states-problem", "goodbye", "agrees", "delighted"], "", text)
    rows.write(out / "multidogo.tsv", {"*": 40, "goodbye": 150, "thanks": 150, "agrees": 150, "opening": 150,
                                       "identity": 150, "content": 150})


BANKING_PROBLEM = re.compile("not_|declined|failed|reverted|pending|lost|stolen|compromised|wrong|twice|unrecognised|"
                             "swallowed|blocked|refund|cancel|terminate|charge|fee_charged|unable|forgotten|delay|"
                             "arrival|dispute")
BANKING_QUESTION = re.compile("supported|exchange_rate|age_limit|fiat|country|atm_support|limits|why_verify|"
                              "visa_or|disposable_card_limits|automatic_top_up|transfer_timing|delivery_estimate")


def banking(data, out):
    rows = Rows()
    with open(data / "banking77/train.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            judged = ["states-problem", "goodbye", "agrees", "thanks", "delighted"]
            if BANKING_PROBLEM.search(row["category"]):
                rows.add(row["category"], "customer", ["states-problem"], judged, "", row["text"])
            elif BANKING_QUESTION.search(row["category"]):
                rows.add("question", "customer", [], judged, "", row["text"])
    rows.write(out / "banking77.tsv", {"*": 12, "question": 200})


def sentiment(data, out):
    rows = Rows()
    for path in sorted(data.glob("sentiment/*.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                _, rating, text = line.rstrip("\n").split("\t", 2)
                value, judged = float(rating), ["upset", "delighted"]
                if value <= -2.3:
                    rows.add("upset", "customer", ["upset"], judged, "", text)
                elif value >= 2.6:
                    rows.add("delighted", "customer", ["delighted"], judged, "", text)
                elif abs(value) < 0.5:
                    rows.add("neither", "customer", [], judged, "", text)
    rows.write(out / "sentiment.tsv", {"*": 450})


STAR_LABELS = [
    (r"^hello$", ["greeting", "offer-help"]),
    (r"^anything_else$", ["anything-else"]),
    (r"bye|goodbye", ["parts-well"]),
    (r"^bank_ask_(account_number|pin|dob|mothers|childhood)", ["verification"]),
    (r"^(?!bank).*_ask_(?!confirm|proceed|search_more|continue|question|more)", ["problem-question"]),
    (r"_ask_confirm_booking$", ["solution", "choice"]),
    (r"(booking_successful|reservation_succeeded|changes_successful|inform_confirmed|confirm_rsvp|request_successful)$",
     ["solution"]),
    (r"inform_(simple_step|detailed_step|last_step)", ["instruction"]),
]


def star(data, out):
    rows = Rows()
    with gzip.open(data / "star/dialogues.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            said = ""
            for event in json.loads(line)["Events"]:
                if event.get("Agent") == "User" and event.get("Action") == "utter":
                    said = event["Text"]
                label = event.get("ActionLabel")
                if not label:
                    continue
                for pattern, labels in STAR_LABELS:
                    if re.search(pattern, label):
                        judged = sorted({"greeting", "anything-else", "empathy", "excuse", "offer-to-sell"} | set(labels))
                        rows.add(label, "agent", labels, judged, said[:120], event["Text"])
                        break
    rows.write(out / "star.tsv", {"*": 4})


if __name__ == "__main__":
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    for derive in (multidogo, banking, sentiment, star):
        derive(source, target)
