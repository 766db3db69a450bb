// Final result codes (V.250 §5.7.1) and the errors behind +CME ERROR (27.007 §9.2).
#pragma once

#include <algorithm>
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
// AT95 Table 20, in the words of 27.007.
inline constexpr CmeError kTable[] = {
    {0, "phone failure"},
    {1, "no connection to phone"},
    {2, "phone-adaptor link reserved"},
    {3, "operation not allowed"},
    {4, "operation not supported"},
    {5, "PH-SIM PIN required"},
    {6, "PH-FSIM PIN required"},
    {7, "PH-FSIM PUK required"},
    {10, "SIM not inserted"},
    {11, "SIM PIN required"},
    {12, "SIM PUK required"},
    {13, "SIM failure"},
    {14, "SIM busy"},
    {15, "SIM wrong"},
    {16, "incorrect password"},
    {17, "SIM PIN2 required"},
    {18, "SIM PUK2 required"},
    {20, "memory full"},
    {21, "invalid index"},
    {22, "not found"},
    {23, "memory failure"},
    {24, "text string too long"},
    {25, "invalid characters in text string"},
    {26, "dial string too long"},
    {27, "invalid characters in dial string"},
    {30, "no network service"},
    {31, "network timeout"},
    {32, "network not allowed - emergency calls only"},
    {40, "network personalization PIN required"},
    {41, "network personalization PUK required"},
    {42, "network subset personalization PIN required"},
    {43, "network subset personalization PUK required"},
    {44, "service provider personalization PIN required"},
    {45, "service provider personalization PUK required"},
    {46, "corporate personalization PIN required"},
    {47, "corporate personalization PUK required"},
};

// Does not compile for a number that is not in the table.
template <int kNumber>
inline constexpr CmeError kEntry = *std::ranges::find(kTable, kNumber, &CmeError::number);

inline constexpr CmeError kPhoneFailure = kEntry<0>;
inline constexpr CmeError kOperationNotAllowed = kEntry<3>;
inline constexpr CmeError kSimNotInserted = kEntry<10>;
inline constexpr CmeError kSimPinRequired = kEntry<11>;
inline constexpr CmeError kSimPukRequired = kEntry<12>;
inline constexpr CmeError kSimFailure = kEntry<13>;
inline constexpr CmeError kSimBusy = kEntry<14>;
inline constexpr CmeError kSimWrong = kEntry<15>;
inline constexpr CmeError kIncorrectPassword = kEntry<16>;
inline constexpr CmeError kNotFound = kEntry<22>;
inline constexpr CmeError kNoNetworkService = kEntry<30>;
inline constexpr CmeError kNetworkNotAllowed = kEntry<32>;
}  // namespace cme

// AT+CMEE (27.007 §9.1).
enum class CmeLevel : std::uint8_t { kOff, kNumeric, kVerbose };

// "+CME ERROR: 3" or "+CME ERROR: operation not allowed"; the level is not kOff.
[[nodiscard]] std::string cme_text(const CmeError& error, CmeLevel level);

}  // namespace vmodem::at
