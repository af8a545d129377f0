#pragma once

#include <cstdint>
#include <string>

namespace rapport::phone {

using BrowserNumber = std::uint64_t;  ///< of one connection of a browser, of this process

/// Whose browser it is that connects as a phone.
struct BrowserPage {
  std::string agent;
  std::string page;  ///< an id that one page's life has: with it a broken connection goes on
};

/// A browser's connection as the phone sees it: SIP messages go out. Any thread.
class BrowserEnd {
 public:
  virtual ~BrowserEnd() = default;
  /// False where it is gone, or too much waits.
  virtual bool send(std::string message) = 0;
  virtual void close() = 0;
};

}  // namespace rapport::phone
