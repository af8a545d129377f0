#include "phone/phone.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "phone/switchboard.hpp"
#include "phone/talk_teller.hpp"

#define DEBUG_MODULE "phone"
#define DEBUG_LEVEL 0
#include <re_dbg.h>

namespace rapport::phone {
namespace {

/// libre's state of the process, for as long as a phone lives.
class Library {
 public:
  Library() {
    libre_init();
    rand_u32();  // without random bytes no phone begins; and it is ours, which nothing else in here names
    dbg_init(DBG_ERR, DBG_NONE);
  }
  ~Library() { libre_close(); }
  Library(Library const&) = delete;
  Library& operator=(Library const&) = delete;
};

/// How many descriptors the signalling thread may watch: TCP connections of phones and trunks.
int descriptors_max() {
  constexpr rlim_t most = 65'536;
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<int>(std::min(limit.rlim_cur, most));
}

}  // namespace

struct Phone::Impl {
  using Work = std::function<void(Switchboard&)>;

  Impl(PhoneOptions chosen, CentreSide& side, Recorder::Finished finished, DtlsIdentity identity, base::Metrics& numbers)
      : options(std::move(chosen)),
        centre(side),
        metrics(numbers),
        refused(numbers.counter("rapport_phone_commands_refused_total", "Commands to the signalling thread beyond phone_commands_max.")),
        media_metrics(numbers),
        handshakes(std::move(identity), numbers),
        recorder(options.recordings, numbers, std::move(finished), options.sound_threads),
        talk_teller([this](CallNumber call, LegNumber leg, media::Talk const& talk) { post([call, leg, talk](Switchboard& to) { to.talked(call, leg, talk); }); }),
        taps(numbers, {&talk_teller}, options.sound_threads),
        media(options.sound_threads, std::make_shared<media::HoldMusic const>(), media_metrics, recorder, taps) {}

  void run(std::promise<base::Result<void>>& opened);
  bool post(Work work, bool whatever_waits = false);
  static void on_work(int, void*, void* self) { static_cast<Impl*>(self)->work(); }
  void work();

  PhoneOptions options;
  CentreSide& centre;
  base::Metrics& metrics;
  base::Counter& refused;
  Library library;
  MediaMetrics media_metrics;
  Handshakes handshakes;  ///< outlives the legs
  Recorder recorder;
  TalkTeller talk_teller;
  Taps taps;
  MediaThreads media;
  std::vector<SipAddress> addresses;
  Switchboard* board = nullptr;  ///< the signalling thread's
  Re<mqueue> queue;              ///< wakes it
  std::mutex mutex;              ///< of what follows
  std::vector<Work> waiting;
  bool stopped = false;
  std::thread thread;
};

/// False: it takes no more. One that stops takes what nobody will do.
bool Phone::Impl::post(Work one, bool whatever_waits) {
  std::lock_guard const lock{mutex};
  if (stopped) return true;
  if (waiting.size() >= limits::phone_commands_max && !whatever_waits) {
    refused.add();
    return false;
  }
  bool const wake = waiting.empty();
  waiting.push_back(std::move(one));
  if (wake) mqueue_push(queue.get(), 0, nullptr);
  return true;
}

void Phone::Impl::work() {
  std::vector<Work> now;
  {
    std::lock_guard const lock{mutex};
    now.swap(waiting);
  }
  for (Work const& one : now) one(*board);
}

void Phone::Impl::run(std::promise<base::Result<void>>& opened) {
  ::pthread_setname_np(::pthread_self(), "signalling");
  re_thread_init();
  fd_setsize(descriptors_max());
  mqueue* made = nullptr;
  mqueue_alloc(&made, on_work, this);
  queue.reset(made);
  {
    Switchboard switchboard{options, centre, media, recorder, handshakes, metrics};
    board = &switchboard;
    auto open = switchboard.open();
    addresses = switchboard.addresses();
    bool const runs = static_cast<bool>(open);
    opened.set_value(std::move(open));
    if (runs) re_main(nullptr);
    std::lock_guard const lock{mutex};
    stopped = true;  // nobody wakes it any more
  }
  queue.reset();
  re_thread_close();
}

Phone::Phone(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

base::Result<std::unique_ptr<Phone>> Phone::start(PhoneOptions options, CentreSide& centre, Recorder::Finished finished, base::Metrics& metrics) {
  auto identity = DtlsIdentity::make();
  if (!identity) return identity.error();
  auto impl = std::make_unique<Impl>(std::move(options), centre, std::move(finished), std::move(*identity), metrics);
  std::promise<base::Result<void>> opened;
  auto known = opened.get_future();
  impl->thread = std::thread{[raw = impl.get(), &opened] { raw->run(opened); }};
  auto const open = known.get();
  if (open) return std::unique_ptr<Phone>{new Phone{std::move(impl)}};
  impl->thread.join();
  return open.error();
}

Phone::~Phone() { stop(); }

void Phone::follow(std::string interaction, Wanted wanted) {
  impl_->post([interaction = std::move(interaction), wanted = std::move(wanted)](Switchboard& board) { board.follow(interaction, wanted); });
}

void Phone::refuse(std::string interaction, std::uint16_t status, std::string reason) {
  impl_->post([interaction = std::move(interaction), status, reason = std::move(reason)](Switchboard& board) { board.refuse(interaction, status, reason); });
}

void Phone::refuse_second(std::string interaction, std::uint16_t status, std::string reason) {
  impl_->post([interaction = std::move(interaction), status, reason = std::move(reason)](Switchboard& board) { board.refuse_second(interaction, status, reason); });
}

bool Phone::place(Placement placement) {
  return impl_->post([placement = std::move(placement)](Switchboard& board) { board.place(placement); });
}

void Phone::referred(std::string interaction, std::uint16_t status) {
  impl_->post([interaction = std::move(interaction), status](Switchboard& board) { board.referred(interaction, status); });
}

void Phone::announce(std::string interaction, std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket) {
  impl_->post([interaction = std::move(interaction), announcement = std::move(announcement), ticket](Switchboard& board) { board.announce(interaction, announcement, ticket); });
}

void Phone::press(std::string interaction, std::string keys) {
  impl_->post([interaction = std::move(interaction), keys = std::move(keys)](Switchboard& board) { board.press(interaction, keys); });
}

void Phone::set_accounts(std::vector<Account> accounts) {
  impl_->post([accounts = std::move(accounts)](Switchboard& board) { board.set_accounts(accounts); });
}

void Phone::browser_opened(BrowserNumber number, BrowserPage who, std::shared_ptr<BrowserEnd> end) {
  impl_->post([number, who = std::move(who), end = std::move(end)](Switchboard& board) { board.browser_opened(number, who, end); });
}

void Phone::browser_said(BrowserNumber number, std::string message) {
  impl_->post([number, message = std::move(message)](Switchboard& board) { board.browser_said(number, message); });
}

void Phone::browser_closed(BrowserNumber number, bool left) {
  impl_->post([number, left](Switchboard& board) { board.browser_closed(number, left); });
}

void Phone::stop() {
  if (!impl_->thread.joinable()) return;
  impl_->post([](Switchboard& board) { board.close([] { re_cancel(); }); }, true);
  impl_->thread.join();
  impl_->media.stop();
  impl_->recorder.stop();
  impl_->taps.stop();
}

std::vector<SipAddress> const& Phone::addresses() const { return impl_->addresses; }

}  // namespace rapport::phone
