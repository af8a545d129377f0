#include "timeline/formats/json_write.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include "timeline/formats/content.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Value;

void append_escaped(std::string& out, std::string_view text) {
  for (char const c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  if (simdjson::validate_utf8(text.data(), text.size())) {
    append_escaped(out, text);
  } else {
    append_escaped(out, valid_utf8(text));
  }
  out += '"';
}

void append_thousandths(std::string& out, std::int64_t thousandths) {
  std::uint64_t const size = thousandths < 0 ? 0 - static_cast<std::uint64_t>(thousandths) : static_cast<std::uint64_t>(thousandths);
  if (thousandths < 0) out += '-';
  out += fmt::format("{}", size / 1'000);
  std::uint64_t const fraction = size % 1'000;
  if (fraction == 0) return;
  std::string digits = fmt::format("{:03}", fraction);
  while (digits.back() == '0') digits.pop_back();
  out += '.';
  out += digits;
}

void append_json_value(std::string& out, Value const& value) {
  switch (value.kind) {
    case Value::Kind::text:
      append_json_text(out, value.text);
      return;
    case Value::Kind::number:
      append_thousandths(out, value.number);
      return;
    case Value::Kind::boolean:
      out += value.number != 0 ? "true" : "false";
      return;
    case Value::Kind::json:
      out += value.text.empty() ? "null" : value.text;
      return;
  }
}

std::string& ObjectWriter::name(std::string_view name) {
  if (!first_) out_ += ',';
  first_ = false;
  append_json_text(out_, name);
  out_ += ':';
  return out_;
}

void ObjectWriter::text(std::string_view field, std::string_view value) { append_json_text(name(field), value); }

void ObjectWriter::text_if_any(std::string_view field, std::string_view value) {
  if (!value.empty()) text(field, value);
}

void ObjectWriter::whole(std::string_view field, std::int64_t value) { name(field) += fmt::format("{}", value); }

void ObjectWriter::boolean(std::string_view field, bool value) { name(field) += value ? "true" : "false"; }

void ObjectWriter::attributes(std::vector<domain::Attribute> const& attributes, std::string_view except) {
  std::size_t index = 0;
  while (index < attributes.size()) {
    std::string const& group = attributes[index].group;
    if (group.empty()) {
      if (attributes[index].name != except || except.empty()) append_json_value(name(attributes[index].name), attributes[index].value);
      ++index;
      continue;
    }
    name(group);
    ObjectWriter object{out_};
    for (; index < attributes.size() && attributes[index].group == group; ++index) {
      append_json_value(object.name(attributes[index].name), attributes[index].value);
    }
    object.close();
  }
}

}  // namespace rapport::timeline::formats
