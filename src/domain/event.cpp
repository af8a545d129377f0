#include "domain/event.hpp"

namespace rapport::domain {

Value const* Event::find(std::string_view group, std::string_view attribute) const {
  for (Attribute const& candidate : attributes) {
    if (candidate.name == attribute && candidate.group == group) return &candidate.value;
  }
  return nullptr;
}

std::string_view Event::text_of(std::string_view attribute) const {
  Value const* value = find(attribute);
  return value != nullptr && value->kind == Value::Kind::text ? std::string_view{value->text} : std::string_view{};
}

}  // namespace rapport::domain
