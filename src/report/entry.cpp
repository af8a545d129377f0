#include "report/entry.hpp"

#include "base/assert.hpp"
#include "report/embed_json.hpp"
#include "report/parts.hpp"

namespace rapport::report {

Entry EntryMaker::make(timeline::Timeline const& timeline, evaluation::Ledger const& ledger) const {
  RAPPORT_ASSERT(ledger.practices.size() == playbook_.practices.size());
  return {seal(summary_json(playbook_, timeline, ledger)), seal(details_json(playbook_, timeline, ledger, moods_.read(timeline)))};
}

}  // namespace rapport::report
