// The data of the page: what all interactions share (head, tail) is parsed at once; of each
// interaction the summary is parsed at once and the details only when somebody opens it.

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
function read_occasion([practice, pattern, state, opened, decided, due, why, opened_by, evidence, times]) {
  const quote = ([row, begin, end, at, until, by]) => ({ row, begin, end, at, until, by });
  return {
    practice, pattern, opened, decided, why, times,
    verdict: ["open", "met", "missed", "void", "not_assessed"][state],
    due: due < 0 ? null : due,
    opened_by: opened_by ? quote(opened_by) : null,
    evidence: evidence.map(quote),
  };
}

function read_row([kind, by, person, at, end, text, flags], number) {
  return { number, kind: head.kinds[kind], by, person, at, end, text, backchannel: (flags & 1) !== 0 };
}
