#include "signals/detectors/analysis.hpp"
#include "signals/detectors/company_name.hpp"
#include "signals/detectors/naming.hpp"
#include "signals/detectors/tokenised_text.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

class NamesCompany final : public Detector {
 public:
  explicit NamesCompany(Vocabulary const& vocabulary) : vocabulary_(&vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<NamesCompany>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent, domain::Role::supervisor, domain::Role::bot}), .kinds = Attention::kinds_of({domain::EventKind::context})}; }

  void read(Moment const& moment, Emitter& emit) override {
    learn(moment);
    if (!moment.step.words || moment.step.role == Role::customer) return;
    TokenView const view = moment.analysis.view(moment.words);
    bool const introducing = heard_ < introducing_events;
    ++heard_;
    if (company_.empty()) {
      if (auto const name = unknown_company(view, introducing)) emit.fire(moment, name->first, name->last);
      return;
    }
    for (std::size_t at = 0; at < view.size(); ++at) {
      auto const last = company_.named_at(view, at);
      if (!last) continue;
      emit.fire(moment, static_cast<std::uint32_t>(at), *last);
      return;
    }
  }

 private:
  static constexpr std::int32_t introducing_events = 3;

  void learn(Moment const& moment) {
    if (!head_read_) {
      head_read_ = true;
      add(moment.head.company);
      add(moment.head.brand);
    }
    if (moment.event.kind == domain::EventKind::context) {
      add(moment.event.text_of("company"));
      add(moment.event.text_of("brand"));
    }
  }

  void add(std::string_view name) {
    if (!name.empty()) company_.add(TokenisedText{name, *vocabulary_}.view());
  }

  Vocabulary const* vocabulary_;
  CompanyName company_;
  std::int32_t heard_ = 0;  ///< events with words of the centre's side
  bool head_read_ = false;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_names_company(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<NamesCompany>(vocabulary)};
}

}  // namespace rapport::signals
