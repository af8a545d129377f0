#include "app/intake.hpp"

#include <fmt/format.h>

namespace rapport::app {

std::optional<base::Result<timeline::formats::Imported>> Intake::next() {
  for (;;) {
    if (!reader_) {
      if (next_file_ == files_.size()) return std::nullopt;
      auto opened = timeline::formats::InteractionReader::open(files_[next_file_++]);
      if (!opened) return base::Result<timeline::formats::Imported>{opened.error()};
      reader_.emplace(std::move(*opened));
    }
    auto item = reader_->next();
    if (!item) {
      reader_.reset();
      continue;
    }
    if (*item && !seen_.insert((*item)->head.id)) {
      return base::Result<timeline::formats::Imported>{
          base::Error{fmt::format("{}:{}: a second interaction with id \"{}\" in this run; the first stands",
                                  (*item)->source, (*item)->line, (*item)->head.id)}};
    }
    return item;
  }
}

}  // namespace rapport::app
