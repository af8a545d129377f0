#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "evaluation/scoring.hpp"
#include "unit/evaluation/oracle.hpp"

namespace rapport::evaluation::testing {

inline bool is_each(playbook::PatternKind kind) {
  using enum playbook::PatternKind;
  return kind == each_then || kind == each_first || kind == each_with;
}

/// One stretch of the timeline over which a pattern is judged.
struct Stretch {
  Point from;  ///< exclusive where `opener`, else inclusive
  Fired const* opener = nullptr;
  Point until = Point::end();  ///< exclusive
  bool turns_complete = true;  ///< at `until`
  base::Millis until_ms = 0;
  base::Millis opened_ms = 0;
  std::int64_t event = 0;        ///< from which words count
  std::int32_t agent_turns = 0;  ///< at its opening
  std::int32_t customer_turns = 0;
  base::Millis speech = 0;
  domain::SourceSet presumed;

  bool holds(Fired const& fired) const {
    return (opener != nullptr ? fired.point > from : fired.point >= from) && fired.point < until;
  }
};

struct Judgement {
  Occasion occasion;
  bool lapsed = false;
  bool cut_short = false;
  bool unreadable = false;
  bool no_date = false;
  domain::SourceSet presumed;
  Point opened;  ///< in the order of things
  Point decided;
};

class Trial {
 public:
  Trial(Layout const& layout, playbook::Practice const& owner, playbook::Pattern const& pattern, std::uint16_t practice,
        std::uint16_t index);

  std::vector<Judgement> const& judgements() const { return judgements_; }
  std::vector<Mark> marks() const;

 private:
  void find_stretches();
  void admit(Stretch stretch);
  void judge_stretch(Stretch const& stretch);
  void judge_duty(Stretch const& stretch, Fired const* trigger);
  void judge_limit(Stretch const& stretch);
  void judge_first(Stretch const& stretch, Fired const& trigger);
  void judge_with(Stretch const& stretch, Fired const& trigger);
  void judge_band(Stretch const& stretch);
  void hand_over(Judgement& judgement) const;
  void assess(Judgement& judgement) const;

  /// When one member of a bound runs out.
  struct Out {
    Point point;
    base::Millis at = 0;
    Limit limit = Limit::time;
    Point known{-1, 0, 0, 0};  ///< speech: by which event
  };
  /// A must or an each-then: from when to when S is owed.
  struct Duty {
    Stretch const& stretch;
    Fired const* trigger;
    bool each;
    Point opened;  ///< in the order of things
    Point until = Point::end();
    base::Millis until_ms = 0;
    bool complete = true;
    std::vector<std::optional<Out>> members = {};
    Place since = {};  ///< from where what voids counts
  };
  Duty duty_of(Stretch const& stretch, Fired const* trigger) const;
  std::vector<std::optional<Out>> members_of(base::Millis from_ms, Duty const& duty) const;
  std::optional<Out> turn_out(domain::Role role, std::int32_t turn, Limit limit) const;
  std::optional<Out> speech_out(base::Millis limit_ms) const;
  std::optional<Out> all_out(Duty const& duty) const;
  Fired const* first_answer(Duty const& duty, std::optional<Out> const& lapse) const;
  std::int32_t completed_turns(Duty const& duty) const;
  bool earlier_within_bound(Fired const& earlier, Fired const& trigger) const;
  bool in_reach(Fired const& one, Fired const& other) const;
  Point drop_after(Point point) const;
  Judgement begin(Point opened, base::Millis opened_ms, Fired const* by, Stretch const& stretch) const;
  bool void_between(Place since, Point until) const;
  void miss(Judgement& judgement, base::Millis at, Point point, bool excused, std::int64_t words_from);
  void found(Judgement& judgement, Fired const& fired) const;
  bool is_voider(Fired const& fired) const {
    return std::ranges::find(pattern_.void_if, fired.occurrence.signal) != pattern_.void_if.end();
  }
  bool item_fits(Fired const& fired, Fired const* trigger) const {
    return !pattern_.same_item || trigger == nullptr || fired.occurrence.item == trigger->occurrence.item;
  }
  domain::SourceSet needs(signals::SignalId signal) const { return scene_.facts->needs(signal); }
  domain::SourceSet observed() const { return scene_.head.observed.value_or(scene_.observed); }
  /// Of these sources, those whose want leaves open whether something happened.
  domain::SourceSet unknown(domain::SourceSet wanted) const;
  bool certain_conditions(Point point) const;

  Layout const& layout_;
  Scene const& scene_;
  playbook::Practice const& owner_;
  playbook::Pattern const& pattern_;
  std::uint16_t practice_;
  std::uint16_t index_;
  bool any_scope_ = false;
  std::vector<Stretch> stretches_;  ///< whose condition held
  std::vector<std::vector<domain::SourceSet>> lacking_;
  std::vector<Judgement> judgements_;
};

}  // namespace rapport::evaluation::testing
