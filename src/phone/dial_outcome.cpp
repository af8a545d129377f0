#include "phone/dial_outcome.hpp"

namespace rapport::phone {

bool is_the_trunks(std::uint16_t status) {
  bool const of_its_login = status == 401 || status == 407;
  return status == 0 || status == 408 || of_its_login || (status >= 500 && status < 600);
}

CentreSide::NotReached not_reached(std::uint16_t status) {
  using enum CentreSide::NotReached;
  switch (status) {
    case 486:
    case 600:
      return busy;
    case 603:
      return declined;
    case 408:
    case 480:
      return no_answer;
    case 404:
    case 410:
    case 484:
    case 604:
      return no_such_number;
    default:
      return is_the_trunks(status) ? no_trunk : refused;
  }
}

}  // namespace rapport::phone
