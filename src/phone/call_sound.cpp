#include "phone/call_sound.hpp"

#include <algorithm>

namespace rapport::phone {
namespace {

bool only_listens(Seat seat) { return seat == Seat::monitoring || seat == Seat::whispering; }

/// Who talks with each other now.
bool in_talk(Seat seat, bool held) {
  if (seat == Seat::caller) return !held;
  if (seat == Seat::consulted) return held;
  return !only_listens(seat) && seat != Seat::resting;
}

}  // namespace

bool hears(Seat listener, Seat speaker, Talk talk) {
  bool const oneself = listener == speaker && speaker != Seat::barging;  // several may barge in
  if (!talk.connected || oneself) return false;
  if (speaker == Seat::whispering) return listener == Seat::agent;
  bool const listens = only_listens(listener) || in_talk(listener, talk.held);
  return listens && in_talk(speaker, talk.held);
}

bool hears_any(Seat listener, std::span<Seat const> others, Talk talk) {
  return std::ranges::any_of(others, [&](Seat other) { return hears(listener, other, talk); });
}

bool waits_to_music(Seat seat) { return seat == Seat::caller || seat == Seat::consulted || seat == Seat::joined; }

media::Side side_of(Seat seat) {
  if (seat == Seat::caller) return media::Side::customer;
  return only_listens(seat) || seat == Seat::resting ? media::Side::nowhere : media::Side::agents;
}

}  // namespace rapport::phone
