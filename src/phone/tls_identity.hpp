#pragma once

#include "phone/phone.hpp"
#include "phone/re.hpp"

namespace rapport::phone {

/// Makes the context speak TLS 1.2 or later with this certificate, its chain and its key. False: they are no
/// PEM, or do not belong together. A host's name is shown by the certificate alone: phones are told by their
/// passwords, so none is asked for theirs.
bool use_identity(tls const* context, PhoneIdentity const& identity);

}  // namespace rapport::phone
