#include "store/migrations.hpp"

#include <array>

namespace rapport::store {
namespace {

// An interaction's number ascends with its start (interaction_number.hpp): by it lists and searches are
// in order without sorting. Live events stand in the order of coming and point at the one before of
// their interaction: clustering them would cost writes many times over.
constexpr std::string_view version_1 = R"sql(
CREATE TABLE schema_version (version {integer} NOT NULL) {table};
CREATE TABLE facts (name {text} PRIMARY KEY, value {bytes} NOT NULL) {table};
CREATE TABLE writer (one {integer} PRIMARY KEY, epoch {integer} NOT NULL, written {integer} NOT NULL) {table};
INSERT INTO writer (one, epoch, written) VALUES (1, 0, 0);

CREATE TABLE person_keys (id {integer} PRIMARY KEY, person {text} NOT NULL UNIQUE, wrapped {bytes} NOT NULL) {table};

CREATE TABLE documents (
  kind {text} NOT NULL, id {text} NOT NULL, brand {text} NOT NULL, version {integer} NOT NULL,
  changed_at {integer} NOT NULL, person {text} NOT NULL, body {bytes} NOT NULL,
  PRIMARY KEY (kind, id)) {table};
CREATE INDEX documents_brand ON documents (kind, brand, id);
CREATE INDEX documents_person ON documents (person) WHERE person <> '';
CREATE TABLE document_names (hash {bytes} PRIMARY KEY, kind {text} NOT NULL, id {text} NOT NULL) {clustered};
CREATE INDEX document_names_document ON document_names (kind, id);
CREATE TABLE document_lookups (
  hash {bytes} NOT NULL, id {text} NOT NULL, kind {text} NOT NULL,
  PRIMARY KEY (hash, id)) {clustered};
CREATE INDEX document_lookups_document ON document_lookups (kind, id);

CREATE TABLE interactions (
  number {integer} PRIMARY KEY, id {text} NOT NULL UNIQUE, brand {text} NOT NULL, channel {text} NOT NULL,
  direction {text} NOT NULL, queue {text} NOT NULL, agents {bytes} NOT NULL, customer {text} NOT NULL,
  case_id {text} NOT NULL, started_at {integer} NOT NULL, closed_at {integer}, disposition {text} NOT NULL,
  outcome {text} NOT NULL, score {integer}, missed {bytes} NOT NULL, ledger {integer}) {table};
CREATE INDEX interactions_brand ON interactions (brand, number);
CREATE INDEX interactions_closed ON interactions (brand, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX interactions_live ON interactions (number) WHERE closed_at IS NULL;
CREATE INDEX interactions_customer ON interactions (customer, number) WHERE customer <> '';
CREATE INDEX interactions_case ON interactions (case_id, number) WHERE case_id <> '';
CREATE INDEX interactions_queue ON interactions (queue, number);
CREATE INDEX interactions_disposition ON interactions (disposition, number) WHERE disposition <> '';
CREATE TABLE interaction_agents (
  agent {text} NOT NULL, interaction {integer} NOT NULL, PRIMARY KEY (agent, interaction)) {clustered};
CREATE TABLE interaction_missed (
  practice {text} NOT NULL, interaction {integer} NOT NULL, PRIMARY KEY (practice, interaction)) {clustered};

CREATE TABLE heads (interaction {integer} PRIMARY KEY, skeleton {bytes} NOT NULL, personal {bytes} NOT NULL) {table};
CREATE TABLE live_events (
  position {integer} PRIMARY KEY, interaction {integer} NOT NULL, previous {integer} NOT NULL,
  number {integer} NOT NULL, person {text} NOT NULL, skeleton {bytes} NOT NULL, personal {bytes} NOT NULL) {table};
CREATE TABLE blocks (interaction {integer} PRIMARY KEY, skeleton {bytes} NOT NULL, personal {bytes} NOT NULL) {table};
CREATE TABLE tails (
  interaction {integer} NOT NULL, number {integer} NOT NULL, skeleton {bytes} NOT NULL, personal {bytes} NOT NULL,
  PRIMARY KEY (interaction, number)) {clustered};
CREATE TABLE ledgers (
  interaction {integer} NOT NULL, position {integer} NOT NULL, engine {text} NOT NULL, playbook {text} NOT NULL,
  models {text} NOT NULL, made_at {integer} NOT NULL, score {integer}, missed {bytes} NOT NULL,
  body {bytes} NOT NULL, PRIMARY KEY (interaction, position)) {clustered};
{words};

CREATE TABLE floor_events (position {integer} PRIMARY KEY, event {bytes} NOT NULL) {table};
CREATE TABLE floor_snapshot (one {integer} PRIMARY KEY, snapshot {bytes} NOT NULL) {table};

CREATE TABLE counters (
  key {text} NOT NULL, start {integer} NOT NULL, amounts {bytes} NOT NULL, PRIMARY KEY (key, start)) {clustered};

CREATE TABLE audit (
  number {integer} PRIMARY KEY, at {integer} NOT NULL, who {text} NOT NULL, action {text} NOT NULL,
  subject {text} NOT NULL, brand {text} NOT NULL, address {text} NOT NULL, detail {text} NOT NULL) {table};
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_who ON audit (who, number);
CREATE INDEX audit_subject ON audit (subject, number);

CREATE TABLE answers (
  principal {text} NOT NULL, key {text} NOT NULL, request {text} NOT NULL, status {integer} NOT NULL,
  body {bytes} NOT NULL, at {integer} NOT NULL, PRIMARY KEY (principal, key)) {table};
CREATE INDEX answers_at ON answers (at);

CREATE TABLE blobs (
  id {text} PRIMARY KEY, interaction {text} NOT NULL, person {text} NOT NULL, media_type {text} NOT NULL,
  name {bytes} NOT NULL, content {bytes} NOT NULL) {table};
CREATE INDEX blobs_interaction ON blobs (interaction);
)sql";

// A ledger says how many events it judged: those that come after closing make another one. Counters of
// a time, of whatever key: a year of one key is little, a quarter of an hour of all too.
constexpr std::string_view version_2 = R"sql(
ALTER TABLE ledgers ADD COLUMN events {integer} NOT NULL DEFAULT 0;
CREATE INDEX counters_start ON counters (start, key);
)sql";

constexpr std::array<std::string_view, 2> steps{version_1, version_2};

}  // namespace

std::span<std::string_view const> migrations() { return steps; }

}  // namespace rapport::store
