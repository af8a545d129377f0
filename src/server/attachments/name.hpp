#pragma once

#include <string>
#include <string_view>

#include "server/attachments/kind.hpp"

namespace rapport::server::attachments {

/// A name that an attachment may be kept and saved under, whatever its sender called it: without folders,
/// control characters, marks that turn the direction of writing, what systems reserve, and dots at the
/// front; at most limits::attachment_name_bytes_max. It ends in its kind's extension, so that no system
/// opens it as something else: "invoice.exe" that is a PDF is "invoice.exe.pdf". Card numbers are masked.
/// Never empty.
std::string safe_name(std::string_view given, Kind const& kind);

/// The value of Content-Disposition (RFC 6266) that has a browser save it under this name.
std::string disposition(std::string_view name);

}  // namespace rapport::server::attachments
