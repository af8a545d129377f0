// Turns a folder's files into C++: embed NAME FOLDER LIST OUT reads the relative paths in LIST (one
// a line) and writes OUT.hpp and OUT.cpp, which define rapport::embedded::NAME. Runs while building.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

constexpr char const* digits = "01234567";

/// The bytes as adjacent string literals, a line of the file on each; octal escapes end by themselves.
void write_literal(std::ostream& out, std::string const& bytes) {
  out << "\"";
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    auto const byte = static_cast<unsigned char>(bytes[index]);
    bool const plain = byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\' && byte != '?';
    if (plain) {
      out << bytes[index];
    } else {
      out << '\\' << digits[byte >> 6U] << digits[byte >> 3U & 7U] << digits[byte & 7U];
    }
    if (byte == '\n' && index + 1 < bytes.size()) out << "\"\n    \"";
  }
  out << "\"";
}

void write_header(std::ostream& out, std::string const& name) {
  out << "// Made by cmake/embed.cpp; changes are overwritten.\n#pragma once\n\n"
         "#include <span>\n\n#include \"base/embedded.hpp\"\n\n"
         "namespace rapport::embedded {\n\n"
         "extern std::span<base::EmbeddedFile const> const " << name << ";\n\n"
         "}  // namespace rapport::embedded\n";
}

bool write_source(std::ostream& out, std::string const& name, std::string const& folder, std::vector<std::string> const& paths) {
  out << "// Made by cmake/embed.cpp; changes are overwritten.\n"
         "#include \"embedded/" << name << ".hpp\"\n\n#include <array>\n\n"
         "namespace rapport::embedded {\nnamespace {\n\n"
         "constexpr std::array<base::EmbeddedFile, " << paths.size() << "> files{";
  for (std::string const& path : paths) {
    std::ifstream file(std::filesystem::path{folder} / path, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) {
      std::cerr << "cannot read " << folder << "/" << path << "\n";
      return false;
    }
    out << (&path == paths.data() ? "{\n" : "") << "  base::EmbeddedFile{";
    write_literal(out, path);
    out << ", {\n    ";
    write_literal(out, bytes);
    out << ", " << bytes.size() << "}},\n";
  }
  out << (paths.empty() ? "" : "}") << "};\n\n}  // namespace\n\n"
         "constinit std::span<base::EmbeddedFile const> const " << name << " = files;\n\n"
         "}  // namespace rapport::embedded\n";
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "usage: embed NAME FOLDER LIST OUT\n";
    return 2;
  }
  std::string const name = arguments[1];
  std::string const out = arguments[4];
  std::vector<std::string> paths;
  std::ifstream list(arguments[3]);
  for (std::string line; std::getline(list, line);) {
    if (!line.empty()) paths.push_back(line);
  }
  std::ofstream header(out + ".hpp", std::ios::binary);
  std::ofstream source(out + ".cpp", std::ios::binary);
  write_header(header, name);
  bool const written = write_source(source, name, arguments[2], paths);
  return written && header.flush() && source.flush() ? 0 : 1;
}
