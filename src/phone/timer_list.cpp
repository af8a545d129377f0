#include "phone/re.hpp"

/// libre's timers, in its own list, but found from the nearer end.
///
/// libre keeps all timers of a thread in one list by their time and looks for a new one's place from the end.
/// A transaction over UDP leaves timers of 32 s behind, so at some calls a second thousands of those stand there,
/// and every short timer, ours of 50 ms among them, was walked past all of them: a third of the signalling thread
/// at 20 calls a second, and growing with their square. The dynamic linker prefers this function to the library's,
/// within the library too. Its contract is the library's (re_tmr.h, 1.1.0).
extern "C" {
struct list* tmrl_get(void);  // of the calling thread; exported, but in no header

void tmr_start(tmr* timer, std::uint64_t delay, tmr_h* handler, void* argument) {
  if (timer == nullptr) return;
  if (timer->th != nullptr) list_unlink(&timer->le);
  timer->th = handler;
  timer->arg = argument;
  if (handler == nullptr) return;
  timer->jfs = delay + tmr_jiffies();
  list* const all = tmrl_get();
  auto const due = [](le const* at) { return static_cast<tmr const*>(at->data)->jfs; };
  le* const first = list_head(all);
  le* const last = list_tail(all);
  bool const near_head = first != nullptr && timer->jfs < due(first) + (due(last) - due(first)) / 2;
  if (near_head) {
    le* later = first;
    while (due(later) <= timer->jfs) later = later->next;  // the last is later
    list_insert_before(all, later, &timer->le, timer);
    return;
  }
  le* earlier = last;
  while (earlier != nullptr && due(earlier) > timer->jfs) earlier = earlier->prev;
  if (earlier == nullptr)
    list_prepend(all, &timer->le, timer);
  else
    list_insert_after(all, earlier, &timer->le, timer);
}
}
