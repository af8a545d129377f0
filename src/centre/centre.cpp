#include "centre/centre.hpp"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "centre/batches.hpp"
#include "centre/inbox_document.hpp"
#include "centre/outcome_codec.hpp"

namespace rapport::centre {
namespace {

constexpr base::Millis tell_every_ms = 200;        ///< places in line, and numbers
constexpr base::Millis tell_states_every_ms = 20;  ///< what queues and agents do: a floor sees it at once

/// What only follows from something durable (a document that was kept, a judgement of a finished
/// interaction) is never refused for the store's sake: nobody would ask again.
bool follows_from_what_lasts(Command const& command) {
  return std::holds_alternative<ConfigureBrand>(command) || std::holds_alternative<ConfigureQueue>(command) ||
         std::holds_alternative<ConfigureAgent>(command) || std::holds_alternative<CloseJudged>(command);
}

Granted<Outcome> answer(Outcome const& outcome, std::optional<records::StoreError> const& not_written, bool starts) {
  if (!not_written) return outcome;
  if (*not_written == records::StoreError::unavailable) return refusal(refused::store_unavailable);
  if (starts && *not_written == records::StoreError::conflict) return refusal(refused::interaction_exists, outcome.interaction);
  return refusal(refused::not_kept, std::string{records::name(*not_written)});
}

}  // namespace

Centre::Centre(records::Store& store, std::vector<Listener*> listeners, Clock clock, std::uint64_t seed, base::Metrics& metrics, Outbox* outbox)
    : store_(store),
      listeners_(std::move(listeners)),
      outbox_(outbox),
      clock_(std::move(clock)),
      core_(seed),
      started_(metrics.counter("rapport_interactions_total", "Interactions started by this process")),
      refused_(metrics.counter("rapport_commands_refused_total", "Commands that the centre refused")),
      not_whole_(metrics.counter("rapport_steps_not_whole_total", "Steps of the centre that lasted without a change that the store could not keep")),
      cut_(metrics.counter("rapport_interactions_cut_total", "Interactions closed without some of their content, which was beyond a limit")),
      live_(metrics.gauge("rapport_interactions_live", "Interactions that live now")),
      durable_(metrics.histogram("rapport_command_seconds", "From a command's turn until it is durable and told")) {}

Centre::~Centre() { stop(); }

base::Instant Centre::now() {
  last_now_ = std::max(last_now_, clock_());
  return last_now_;
}

base::Result<void> Centre::start(std::vector<Command> const& configuration) {
  RAPPORT_ASSERT(!thread_.joinable());
  auto stored = store_.load();
  if (!stored) return base::Error{"the store: " + std::string{records::name(stored.error())}};
  // A day, wherever it began first.
  auto const counted = store_.counters({}, now() + -26 * base::hour, now() + base::hour);
  if (!counted) return base::Error{"the store: " + std::string{records::name(counted.error())}};
  Step step;
  if (auto recovered = core_.recover(*stored, configuration, now(), step, *counted); !recovered) return recovered;
  if (auto remembered = remember_inbox(*stored); !remembered) return remembered;
  write(std::move(step), {});
  save_floor();
  thread_ = std::thread{[this] { run(); }};
  return {};
}

/// What supervisors were told of interactions that live: another start does not tell it again.
base::Result<void> Centre::remember_inbox(records::LiveState const& stored) {
  for (records::StoredInteraction const& one : stored.interactions) {
    for (std::string_view const kind : {inbox_kind, inbox_done_kind}) {
      if (auto remembered = remember_inbox(one.row.id, kind); !remembered) return remembered;
    }
  }
  return {};
}

base::Result<void> Centre::remember_inbox(std::string const& interaction, std::string_view kind) {
  std::string after;
  for (bool more = true; more;) {
    auto const page = store_.documents_by_lookup(kind, inbox_lookup(interaction), after, limits::page_max);
    if (!page) return base::Error{"the store: " + std::string{records::name(page.error())}};
    for (records::Document const& document : page->documents) {
      auto const item = inbox_item(document);
      if (item && item->raised.kind == Raised::Kind::missed) core_.remember_raised(interaction, item->raised.practice);
    }
    more = page->more;
    if (more) after = page->documents.back().id;
  }
  return {};
}

void Centre::stop() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool Centre::push(Work work, bool even_if_full) {
  {
    std::lock_guard const lock{mutex_};
    if (stopping_ || (waiting_.size() >= limits::commands_waiting_max && !even_if_full)) return false;
    waiting_.push_back(std::move(work));
  }
  woken_.notify_one();
  return true;
}

void Centre::submit(Request request, Done done) {
  auto shared = std::make_shared<Done>(std::move(done));
  auto const answer = [shared](Granted<Outcome> outcome) { (*shared)(std::move(outcome)); };
  bool const follows = follows_from_what_lasts(request.command);
  if (!push(Job{std::move(request), answer}, follows)) answer(refusal(refused::busy));
}

void Centre::inspect(std::function<void(Core const&)> look, std::function<void()> done) {
  if (!push(Look{std::move(look), done}, false)) done();
}

void Centre::run() {
  ::pthread_setname_np(::pthread_self(), "centre");
  for (;;) {
    auto work_now = await_work();
    bool const over = work_now.empty() && [this] {
      std::lock_guard const lock{mutex_};
      return stopping_ && waiting_.empty();
    }();
    if (over) break;
    for (Work& one : work_now) std::visit([this](auto& what) { work(std::move(what)); }, one);
    pass_time();
  }
  save_floor();
}

/// What waits; empty when only time passed.
std::deque<Centre::Work> Centre::await_work() {
  base::Millis wait_ms = core_.states_changed() ? tell_states_every_ms : tell_every_ms;
  if (auto const due = core_.next_deadline()) wait_ms = std::clamp<base::Millis>(*due - clock_(), 0, wait_ms);
  std::deque<Work> taken;
  std::unique_lock lock{mutex_};
  woken_.wait_for(lock, std::chrono::milliseconds{wait_ms}, [this] { return stopping_ || !waiting_.empty(); });
  taken.swap(waiting_);
  return taken;
}

void Centre::work(Job job) {
  Request& request = job.request;
  std::string const key = request.key.empty() ? std::string{} : request.principal + '\n' + request.key;
  if (!key.empty()) {
    std::lock_guard const lock{answers_mutex_};
    switch (answers_.look(key, request.request, job.done)) {
      case RememberedAnswers::Seen::never:
        break;
      case RememberedAnswers::Seen::reused:
        return job.done(refusal(refused::key_reused));
      case RememberedAnswers::Seen::under_way:
      case RememberedAnswers::Seen::answered:
        return;
    }
  }
  if (!store_.available() && !follows_from_what_lasts(request.command)) return job.done(refusal(refused::store_unavailable));
  base::Instant const moment = now();
  // A step of its own: what of it cannot be kept is some other's, and no answer to this command.
  Step brought;
  while (core_.next_deadline() && *core_.next_deadline() < moment) core_.advance(base::Instant{moment.since_epoch - 1}, brought);
  if (!brought.empty()) write(std::move(brought), {});
  Step step;
  auto const outcome = core_.handle(request.command, request.actor, moment, step);
  if (!outcome) {
    refused_.add();
    return job.done(outcome.error());
  }
  bool const new_interaction = std::holds_alternative<StartInteraction>(request.command) && !outcome->repeated;
  if (new_interaction) started_.add();
  for (records::Change& change : request.besides) step.changes.push_back(std::move(change));
  auto const told = [this, new_interaction, outcome = *outcome](NotWritten const& not_written) {
    // The id is that of a closed one, which stands; of the other nothing would be kept.
    if (new_interaction && not_written == records::StoreError::conflict) give_up(outcome.interaction);
    return answer(outcome, not_written, new_interaction);
  };
  if (key.empty()) {
    return write(std::move(step), [done = std::move(job.done), told](NotWritten const& not_written) { done(told(not_written)); });
  }
  step.changes.push_back(records::KeepAnswer{request.principal, request.key, request.request, 200, encode(*outcome), moment});
  {
    std::lock_guard const lock{answers_mutex_};
    answers_.begin(key, request.request);
  }
  write(std::move(step), [this, key, done = std::move(job.done), told](NotWritten const& not_written) { answer_all(key, told(not_written), done); });
}

/// Whoever asked, and asked again meanwhile; what was not done may be asked for once more.
void Centre::answer_all(std::string const& key, Granted<Outcome> const& answer, Done const& done) {
  std::vector<Done> also;
  {
    std::lock_guard const lock{answers_mutex_};
    also = answer ? answers_.finish(key, *answer) : answers_.forget(key);
  }
  done(answer);
  Granted<Outcome> again = answer;
  if (again) again->repeated = true;
  for (Done const& other : also) other(again);
}

/// Ends what cannot be kept, so that nobody goes on with it.
void Centre::give_up(std::string interaction) {
  push(Job{{EndInteraction{std::move(interaction)}, {}, {}, {}, {}, {}}, [](Granted<Outcome> const&) {}}, true);
}

void Centre::work(Look look) {
  look.look(core_);
  write({}, [done = std::move(look.done)](NotWritten const&) { done(); });
}

void Centre::pass_time() {
  base::Instant const moment = now();
  Step step;
  while (core_.next_deadline() && *core_.next_deadline() <= moment) core_.advance(moment, step);
  if (core_.states_changed() && moment - states_told_ >= tell_states_every_ms) {
    states_told_ = moment;
    core_.tell_states(moment, step);
  }
  if (moment - last_told_ >= tell_every_ms) {
    last_told_ = moment;
    live_.set(static_cast<std::int64_t>(core_.live_count()));
    core_.tell_latest(moment, step);
  }
  if (!step.empty()) write(std::move(step), {});
  if (core_.floor_events() >= limits::floor_events_per_snapshot) save_floor();
}

void Centre::save_floor() {
  Step step;
  step.changes.push_back(records::SaveFloor{core_.floor_snapshot()});
  write(std::move(step), {});
}

/// Hands a step to the store; when it is durable, tells it and calls `then`, on the writer's thread. The
/// state rests on it already, so it is not given up: a full queue holds the centre up, and a change that
/// cannot be kept (it had to be refused before, by the command) is left out of it, named in the log and
/// counted. Only a store that closes while it is unavailable refuses; then nothing is told, and this
/// process ends.
void Centre::write(Step step, std::function<void(NotWritten const&)> then) {
  cut_.add(step.cut);
  Outgoing outgoing = outbox_ != nullptr ? outbox_->outgoing(step.publications, last_now_) : Outgoing{};
  auto told = std::make_shared<std::vector<Publication>>(std::move(step.publications));
  std::vector<records::Batch> const batches = batches_of(std::move(step), std::move(outgoing.changes), last_now_);
  auto const begun = std::chrono::steady_clock::now();
  // Of the batches before the last one: they are told in order.
  auto const parts = std::make_shared<NotWritten>();
  auto const note = [this, parts](records::Stored<records::Nothing> const& stored) {
    if (stored) return;
    RAPPORT_ASSERT(stored.error() != records::StoreError::broken);  // the stored bytes are not what was written
    if (stored.error() != records::StoreError::unavailable) not_whole_.add();
    if (!*parts || stored.error() == records::StoreError::unavailable) *parts = stored.error();
  };
  auto const done = [this, told, begun, parts, note, kept = std::move(outgoing.kept), then = std::move(then)](records::Stored<records::Nothing> const& stored) {
    note(stored);
    if (!stored && stored.error() == records::StoreError::unavailable) {
      if (then) then(*parts);
      return;
    }
    durable_.observe(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count());
    for (Publication const& publication : *told) {
      for (Listener* const listener : listeners_) listener->on(publication);
    }
    if (kept) kept();
    if (then) then(*parts);
  };
  for (records::Batch const& batch : batches) {
    bool const last = &batch == &batches.back();
    while (!store_.submit(batch, last ? records::Store::Done{done} : records::Store::Done{note})) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
}

}  // namespace rapport::centre
