#pragma once

#include <filesystem>
#include <map>
#include <string>

/// Data to learn from that is small enough to learn in a moment.
namespace rapport::training::testing {

/// A folder of data below the system's temporary one, removed with the value.
class DataFolder {
 public:
  /// Writes the files, by their paths below the folder.
  explicit DataFolder(std::map<std::string, std::string> const& files);
  ~DataFolder();
  DataFolder(DataFolder const&) = delete;
  DataFolder& operator=(DataFolder const&) = delete;

  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// Some 120 rows of the agent under two labels that words tell apart, and a few of the customer.
std::map<std::string, std::string> small_data();

}  // namespace rapport::training::testing
