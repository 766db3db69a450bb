// Any octets are a credential or an error; a credential written anew reads as itself.
#include <algorithm>
#include <string>

#include "dtls/psk_credential.h"
#include "firmware/base/check.h"
#include "firmware/base/hex.h"

using namespace vmodem;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = dtls::parse_psk_file({data, size});
  if (!parsed) {
    BG_CHECK(!dtls::describe(parsed.error()).empty(), "every error has its sentence");
    return 0;
  }

  const auto key = parsed->key.view();
  BG_CHECK(!parsed->identity.empty(), "an empty identity is malformed");
  BG_CHECK(!key.empty() && key.size() <= dtls::kPskSizeMax, "the key's size is checked");
  const auto again =
      dtls::parse_psk_file(as_bytes(parsed->identity + "&" + to_hex_upper(key) + "\r\n"));
  BG_CHECK(again && again->identity == parsed->identity, "the identity reads as it was written");
  BG_CHECK(std::ranges::equal(again->key.view(), key), "the key reads as it was written");
  return 0;
}
