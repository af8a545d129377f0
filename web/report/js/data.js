// The data of the page, in three blocks of JSON that src/report writes.
//   head          the playbook, its chapters and practices, the names of event kinds
//   interactions  a list with each value on a line of its own: a summary, its details (or null), …
//   tail          how many there were, how many have details, which could not be read
// Summaries are parsed at once, details when somebody opens the interaction: thousands stay quick.
//
// A summary: id, channel, at (ms since 1970, if there is a date), agents ([key, label], …), customer,
// ms (length), score (thousandths or null), share (thousandths), v (a letter a practice: m met,
// x missed, n not applicable, u not assessed), by (for more than one agent: whose verdict each is),
// worst and best (quotes: [practice, at, role, text, 1 if something was not done after it]).
// Details: people ([role, name]), language, timed, rows, holds, silences, overlaps ([from, to, who
// began, whether the other yielded]), mood ([at, score in thousandths, row]), talk ([customer, agent]
// in ms), practices ([why, missing sources, occasions, met]), occasions (see read_occasion).

const role_names = ["Customer", "Agent", "Supervisor", "Bot"];
const customer_role = 0;
const agent_role = 1;
const verdict_of_letter = { m: "met", x: "missed", n: "not_applicable", u: "not_assessed" };

function block(id) {
  return document.getElementById(id).textContent;
}

const head = JSON.parse(block("head"));
const tail = JSON.parse(block("tail"));
const practices = head.practices;
const chapters = head.chapters;

// One JSON value a line: a summary, then its details (or null), and so on.
const data_lines = block("interactions").split("\n").filter((line) => line.length > 1).map((line) => line.replace(/,$/, ""));

/** All interactions, in the order of the run. `number` is the position; `missed` and `critical` are positions of practices. */
const interactions = [];
for (let line = 0; line < data_lines.length; line += 2) {
  const summary = JSON.parse(data_lines[line]);
  summary.number = line / 2;
  summary.missed = positions(summary.v, "x");
  summary.critical = summary.missed.filter((practice) => practices[practice].critical);
  interactions.push(summary);
}

function positions(letters, wanted) {
  const found = [];
  for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + 1)) found.push(at);
  return found;
}

/** The details of the interaction of that number; null where the report left them out. */
function details_of(number) {
  return JSON.parse(data_lines[number * 2 + 1]);
}

/** Key and name of the agent to whom a practice's verdict belongs. */
function agent_of(interaction, practice) {
  const position = interaction.by ? interaction.by[practice] : 0;
  return interaction.agents[position] ?? ["", "Unnamed agent"];
}

/** Names of all agents who took part. */
function agents_text(interaction) {
  return interaction.agents.map(([, label]) => label).join(", ") || "no agent";
}

/** Occasions by name instead of by place. */
function read_occasion([practice, pattern, state, opened, decided, due, opened_by, evidence, times, value]) {
  const quote = ([row, begin, end, at, until, by, apart]) => ({ row, begin, end, at, until, by, apart: apart === 1 });
  return {
    practice, pattern, opened, decided, times, value,
    verdict: ["open", "met", "missed"][state],
    due: due < 0 ? null : due,
    opened_by: opened_by ? quote(opened_by) : null,
    evidence: evidence.map(quote),
  };
}

function read_row([kind, by, person, at, end, text, flags, language], number) {
  return { number, kind: head.kinds[kind], by, person, at, end, text, language, backchannel: (flags & 1) !== 0 };
}
