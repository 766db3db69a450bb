// Final result codes (V.250 §5.7.1) and the errors behind +CME ERROR (27.007 §9.2).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vmodem::at {

enum class FinalResult : std::uint8_t {
  kOk,
  kConnect,
  kRing,
  kNoCarrier,
  kError,
  kNoDialtone,
  kBusy,
  kNoAnswer,
};

struct ResultText {
  FinalResult result;
  int number;  // what ATV0 prints
  std::string_view text;
};

[[nodiscard]] const ResultText& result_text(FinalResult result);

// An error by number and wording. Vendors add their own beside those of 27.007.
struct CmeError {
  int number;
  std::string_view text;

  friend constexpr bool operator==(const CmeError& a, const CmeError& b) {
    return a.number == b.number;
  }
};

namespace cme {
inline constexpr CmeError kPhoneFailure{0, "phone failure"};
inline constexpr CmeError kOperationNotAllowed{3, "operation not allowed"};
inline constexpr CmeError kOperationNotSupported{4, "operation not supported"};
inline constexpr CmeError kSimNotInserted{10, "SIM not inserted"};
inline constexpr CmeError kSimPinRequired{11, "SIM PIN required"};
inline constexpr CmeError kSimPukRequired{12, "SIM PUK required"};
inline constexpr CmeError kSimFailure{13, "SIM failure"};
inline constexpr CmeError kSimBusy{14, "SIM busy"};
inline constexpr CmeError kSimWrong{15, "SIM wrong"};
inline constexpr CmeError kIncorrectPassword{16, "incorrect password"};
inline constexpr CmeError kMemoryFull{20, "memory full"};
inline constexpr CmeError kInvalidIndex{21, "invalid index"};
inline constexpr CmeError kNotFound{22, "not found"};
inline constexpr CmeError kNoNetworkService{30, "no network service"};
inline constexpr CmeError kNetworkTimeout{31, "network timeout"};
inline constexpr CmeError kNetworkNotAllowed{32, "network not allowed - emergency calls only"};
}  // namespace cme

// AT+CMEE (27.007 §9.1).
enum class CmeLevel : std::uint8_t { kOff, kNumeric, kVerbose };

// "+CME ERROR: 3" or "+CME ERROR: operation not allowed"; the level is not kOff.
[[nodiscard]] std::string cme_text(const CmeError& error, CmeLevel level);

}  // namespace vmodem::at
