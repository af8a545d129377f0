#include "centre/disposition_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/limits.hpp"
#include "centre/numbering.hpp"

namespace rapport::centre {
namespace {

class TreeReader {
 public:
  explicit TreeReader(Trouble& trouble) : trouble_(trouble) {}

  bool read_reasons(Place const& place, json::value const& value, std::size_t depth, std::vector<DispositionTree::Reason>& out) {
    auto const* const list = value.if_array();
    if (list == nullptr) return trouble_.wrong(place, value, "a list of reasons");
    if (depth > limits::disposition_depth_max)
      return trouble_.fail(place, fmt::format("more than disposition_depth_max, {}, levels", limits::disposition_depth_max));
    for (std::size_t index = 0; index < list->size(); ++index) {
      if (!read_reason(place.item(index), (*list)[index], depth, out.emplace_back())) return false;
    }
    return true;
  }

 private:
  bool read_reason(Place const& place, json::value const& value, std::size_t depth, DispositionTree::Reason& out) {
    ObjectReader object{trouble_, place};
    if (!object.open(value)) return false;
    json::value const* const id = object.need("id");
    if (id == nullptr || !read_text(trouble_, object.at("id"), *id, out.id)) return false;
    if (!is_slug(out.id)) return trouble_.wrong(object.at("id"), *id, "a short name in lower case without spaces, such as billing.refund");
    if (!ids_.insert(out.id).second) return trouble_.fail(object.at("id"), fmt::format("\"{}\" stands in the tree twice", out.id));
    if (ids_.size() > limits::dispositions_max)
      return trouble_.fail(place, fmt::format("more than dispositions_max, {}", limits::dispositions_max));
    json::value const* const label = object.need("label");
    if (label == nullptr || !read_text(trouble_, object.at("label"), *label, out.label)) return false;
    if (out.label.empty() || out.label.size() > limits::name_bytes_max)
      return trouble_.wrong(object.at("label"), *label, fmt::format("text of 1 to {} bytes", limits::name_bytes_max));
    json::value const* const outcomes = object.find("outcomes");
    if (outcomes != nullptr && !read_outcomes(object.at("outcomes"), *outcomes, out.outcomes)) return false;
    json::value const* const children = object.find("children");
    if (children != nullptr && !read_reasons(object.at("children"), *children, depth + 1, out.children)) return false;
    return object.close();
  }

  bool read_outcomes(Place const& place, json::value const& value, std::vector<std::string>& out) {
    auto const* const list = value.if_array();
    if (list == nullptr || list->empty()) return trouble_.wrong(place, value, "a list of resolved, unresolved and follow_up");
    for (std::size_t index = 0; index < list->size(); ++index) {
      std::string outcome;
      if (!read_text(trouble_, place.item(index), (*list)[index], outcome)) return false;
      bool const known = std::ranges::find(DispositionTree::outcome_names, outcome) != DispositionTree::outcome_names.end();
      if (!known || std::ranges::find(out, outcome) != out.end())
        return trouble_.wrong(place.item(index), (*list)[index], "resolved, unresolved or follow_up, each once");
      out.push_back(std::move(outcome));
    }
    return true;
  }

  Trouble& trouble_;
  std::set<std::string> ids_;
};

json::array reasons_json(std::vector<DispositionTree::Reason> const& reasons) {
  json::array out;
  for (DispositionTree::Reason const& reason : reasons) {
    json::object one{{"id", reason.id}, {"label", reason.label}};
    if (!reason.outcomes.empty()) one["outcomes"] = json::value_from(reason.outcomes);
    if (!reason.children.empty()) one["children"] = reasons_json(reason.children);
    out.emplace_back(std::move(one));
  }
  return out;
}

}  // namespace

bool read_dispositions(Trouble& trouble, Place const& place, json::value const& value, DispositionTree& out) {
  out = {};
  ObjectReader object{trouble, place};
  if (!object.open(value)) return false;
  json::value const* const reasons = object.need("reasons");
  return reasons != nullptr && TreeReader{trouble}.read_reasons(object.at("reasons"), *reasons, 1, out.reasons) && object.close();
}

base::Result<DispositionTree> read_dispositions(json::value const& value) {
  Trouble trouble;
  DispositionTree tree;
  if (!read_dispositions(trouble, {}, value, tree)) return trouble.error();
  return tree;
}

json::object dispositions_json(DispositionTree const& tree) { return {{"reasons", reasons_json(tree.reasons)}}; }

}  // namespace rapport::centre
