#include "signals/detectors/remedies.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>

namespace rapport::signals {
namespace {

using domain::EventKind;
using domain::Value;

/// What the context allows, by what is given; amounts in thousandths.
class Limits {
 public:
  void learn(domain::Event const& event) {
    if (event.kind != EventKind::context) return;
    for (domain::Attribute const& attribute : event.attributes) {
      if (attribute.group == "limits" && attribute.value.kind == Value::Kind::number) {
        by_what_[attribute.name] = attribute.value.number;
      }
    }
  }

  /// The limit that holds for this remedy or request: its own, or the context's.
  std::optional<std::int64_t> of(domain::Event const& event) const {
    Value const* own = event.find("limit");
    if (own != nullptr && own->kind == Value::Kind::number) return own->number;
    for (std::string const& what : {std::string{event.text_of("what")}, std::string{"default"}}) {
      if (auto const found = by_what_.find(what); found != by_what_.end()) return found->second;
    }
    return std::nullopt;
  }

 private:
  std::map<std::string, std::int64_t> by_what_;
};

std::optional<std::int64_t> amount_of(domain::Event const& event) {
  Value const* amount = event.find("amount");
  if (amount == nullptr || amount->kind != Value::Kind::number) return std::nullopt;
  return amount->number;
}

enum class Asked : std::uint8_t { within,
                                  over,
                                  needless };

class RemedyCheck final : public Detector {
 public:
  explicit RemedyCheck(Asked asked) : asked_(asked) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<RemedyCheck>(*this); }
  Attention attention() const override { return {.kinds = Attention::kinds_of({domain::EventKind::context, domain::EventKind::remedy, domain::EventKind::approval_requested})}; }

  void read(Moment const& moment, Emitter& emit) override {
    limits_.learn(moment.event);
    EventKind const wanted = asked_ == Asked::needless ? EventKind::approval_requested : EventKind::remedy;
    if (moment.event.kind != wanted) return;
    auto const amount = amount_of(moment.event);
    auto const limit = limits_.of(moment.event);
    bool const comparable = amount && limit;
    bool const over = comparable && *amount > *limit;
    bool const fires = asked_ == Asked::within ? !over : asked_ == Asked::over ? over
                                                                               : comparable && !over;
    if (fires) emit.fire(moment);
  }

 private:
  Asked asked_;
  Limits limits_;
};

/// The family a channel's name belongs to, as the domain's channel; nothing for one we do not know.
std::optional<domain::Channel> channel_named(std::string_view name) {
  std::string lower{name};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 5> voice{"voice", "phone", "call", "tel", "telephone"};
  constexpr std::array<std::string_view, 3> chat{"chat", "webchat", "web chat"};
  constexpr std::array<std::string_view, 3> email{"email", "e-mail", "mail"};
  constexpr std::array<std::string_view, 6> message{"message", "sms", "text", "whatsapp", "messaging", "social"};
  auto const among = [&lower](auto const& names) { return std::find(names.begin(), names.end(), lower) != names.end(); };
  if (among(voice)) return domain::Channel::voice;
  if (among(chat)) return domain::Channel::chat;
  if (among(email)) return domain::Channel::email;
  if (among(message)) return domain::Channel::message;
  return std::nullopt;
}

/// Fires once if the preferred channel is known and is the interaction's, or is another.
class ChannelMatch final : public Detector {
 public:
  explicit ChannelMatch(bool matching) : matching_(matching) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<ChannelMatch>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    bool const context = moment.event.kind == EventKind::context;
    if (fired_ || (moment.index != 0 && !context)) return;
    std::string_view preferred = moment.event.text_of("preferred_channel");
    domain::ParticipantIndex const customer = moment.head.first_of(domain::Role::customer);
    if (preferred.empty() && customer != domain::nobody) preferred = moment.head.participants[customer].preferred_channel;
    auto const channel = channel_named(preferred);
    if (!channel || (*channel == moment.head.channel) != matching_) return;
    fired_ = true;
    emit.fire(moment);
  }

 private:
  bool matching_;
  bool fired_ = false;
};

template <Asked asked>
base::Result<std::unique_ptr<Detector>> make_check() {
  return std::unique_ptr<Detector>{std::make_unique<RemedyCheck>(asked)};
}

}  // namespace

base::Result<std::unique_ptr<Detector>> make_remedy_within_limit(Parameters const&, Vocabulary const&) {
  return make_check<Asked::within>();
}

base::Result<std::unique_ptr<Detector>> make_remedy_over_limit(Parameters const&, Vocabulary const&) {
  return make_check<Asked::over>();
}

base::Result<std::unique_ptr<Detector>> make_needless_approval(Parameters const&, Vocabulary const&) {
  return make_check<Asked::needless>();
}

base::Result<std::unique_ptr<Detector>> make_channel_match(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<ChannelMatch>(true)};
}

base::Result<std::unique_ptr<Detector>> make_channel_mismatch(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<ChannelMatch>(false)};
}

}  // namespace rapport::signals
