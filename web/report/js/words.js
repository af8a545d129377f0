// How times, shares and verdicts are said.

const verdict_words = { met: "Met", missed: "Missed", not_applicable: "Did not arise", not_assessed: "Not assessed" };

/** 75 250 ms is "1:15", an hour and more "1:02:03". */
function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A length of time in words: "0.8 s", "24 s", "2 min 5 s", "3 h 10 min", "2 days". */
function length(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1).replace(/\.0$/, "")} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return joined(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return joined(Math.floor(minutes / 60), "h", minutes % 60, "min");
  return `${Math.round(minutes / 1440)} days`;
}

function joined(large, large_unit, small, small_unit) {
  return small ? `${large} ${large_unit} ${small} ${small_unit}` : `${large} ${large_unit}`;
}

function percent(part, whole) {
  return whole > 0 ? `${Math.round((100 * part) / whole)} %` : "–";
}

/** A score in thousandths as a whole number, or a dash. */
function score_text(score) {
  return score === null ? "–" : String(Math.round(score / 1000));
}

/** "1 interaction", "2 interactions". */
function count_of(count, noun, plural = `${noun}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A moment in UTC as "2 Jun 2020, 00:13 UTC"; empty where there is no date. */
function date_text(ms) {
  if (!ms) return "";
  const date = new Date(ms);
  const two = (value) => String(value).padStart(2, "0");
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

const source_words = ["words", "the timing of speech", "telephone events", "desk events", "the customer's journey", "audio", "a survey"];

function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Why a practice was not assessed, or why it did not arise. `why` is the ledger's number. */
function why_text(why, missing, practice) {
  switch (why) {
    case 1: return "switched off in this playbook";
    case 2: return practice.not_assessed_why || "not judged by rule";
    case 3: return `needs ${listed(missing.map((source) => source_words[source]))}, not recorded here`;
    case 4: return "the words could not be read well enough";
    case 5: return "its due time needs the interaction's date";
    case 6: return "too many open at a time";
    case 7: return "its time had not come";
    case 8: return "no agent took part";
    case 10: return "what was found is too unsure to judge by";
    default: return "nothing called for it";
  }
}

function times_text(times) {
  return times === 1 ? "once" : times === 2 ? "twice" : `${times} times`;
}

function capital(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : "";
}

function sentence(text) {
  return text && `${capital(text)}.`;
}

/** Why one occasion came out as it did, from the pattern that judged it. */
function reason(occasion) {
  const pattern = practices[occasion.practice].patterns[occasion.pattern];
  const met = occasion.verdict === "met";
  const bound = pattern.bound ? ` ${pattern.bound}` : "";
  switch (pattern.kind) {
    case "must":
    case "each_then": return met ? sentence(pattern.signal) : `Not found${bound}: ${pattern.signal}.`;
    case "each_first": return met ? sentence(`before it, ${pattern.signal}`) : `Not found before it${bound}: ${pattern.signal}.`;
    case "each_with": return met ? sentence(`with it, ${pattern.signal}`) : `Not found with it: ${pattern.signal}.`;
    case "never": return met ? `Never happened: ${pattern.signal}.` : `Happened ${times_text(Math.max(1, occasion.times))}: ${pattern.signal}.`;
    case "at_most": return `Happened ${occasion.times ? times_text(occasion.times) : "never"}, up to ${times_text(pattern.count)} is fine: ${pattern.signal}.`;
    default: return `${capital(pattern.signal)}: ${occasion.value ? `${occasion.value}; ` : ""}${pattern.bound} is right.`;
  }
}
