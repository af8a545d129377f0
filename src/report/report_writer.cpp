#include "report/report_writer.hpp"

#include "base/limits.hpp"
#include "report/embed_json.hpp"
#include "report/head.hpp"
#include "report/page.hpp"
#include "timeline/formats/json_write.hpp"

namespace rapport::report {
namespace {

void write_block(std::ostream& out, std::string_view id, std::string_view json) {
  out << "<script type=\"application/json\" id=\"" << id << "\">" << seal(json) << "</script>\n";
}

}  // namespace

ReportWriter::ReportWriter(std::ostream& out, playbook::Playbook const& playbook) : out_(out) {
  Page page = make_page();
  after_ = std::move(page.after);
  out_ << page.before;
  write_block(out_, "head", head_json(playbook));
  // A list with each value on a line of its own: the page cuts it into lines and parses what it needs.
  out_ << "<script type=\"application/json\" id=\"interactions\">[";
}

void ReportWriter::add(Entry const& entry) {
  ++interactions_;
  if (written_ == limits::report_interactions_max) return;
  out_ << (written_ == 0 ? "\n" : ",\n") << entry.summary << ",\n";
  ++written_;
  if (detail_bytes_ + entry.details.size() > limits::report_bytes_max) {
    detail_bytes_ = limits::report_bytes_max;  // full: no later, smaller one slips in
    out_ << "null";
    return;
  }
  out_ << entry.details;
  detail_bytes_ += entry.details.size();
  ++detailed_;
}

void ReportWriter::refuse(std::string_view message) {
  ++refused_count_;
  if (refused_.size() < limits::report_refused_max) refused_.emplace_back(message);
}

void ReportWriter::finish() {
  out_ << "\n]</script>\n";
  std::string tail;
  timeline::formats::ObjectWriter object{tail};
  object.whole("interactions", static_cast<std::int64_t>(interactions_));
  object.whole("detailed", static_cast<std::int64_t>(detailed_));
  object.whole("refused_count", static_cast<std::int64_t>(refused_count_));
  timeline::formats::append_json_list(object.name("refused"), refused_,
                                      [&](std::string const& message) { timeline::formats::append_json_text(tail, message); });
  object.close();
  write_block(out_, "tail", tail);
  out_ << after_;
}

}  // namespace rapport::report
