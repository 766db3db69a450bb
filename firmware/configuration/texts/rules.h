// The texts that keys allow: what each may hold, in words and as a check.
//
// In:  texts as a person writes them.
// Out: values, and what is allowed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vmodem::app {

struct TextRule {
  std::string (*allowed)();
  // False for text that is not allowed; may rewrite it to its canonical form.
  bool (*accept)(std::string& text);
  // The names of which it is one; null: other text.
  std::vector<std::string_view> (*names)() = nullptr;
  bool is_secret = false;  // no message shows what was written
};

[[nodiscard]] std::vector<std::string_view> model_names();
[[nodiscard]] std::string allowed_models();
[[nodiscard]] bool accept_model(std::string& text);
[[nodiscard]] std::string allowed_fifteen_digits();
[[nodiscard]] bool accept_fifteen_digits(std::string& text);
[[nodiscard]] std::string allowed_iccid();
[[nodiscard]] bool accept_iccid(std::string& text);
[[nodiscard]] std::string allowed_pin();
[[nodiscard]] bool accept_pin(std::string& text);
[[nodiscard]] std::string allowed_puk();
[[nodiscard]] bool accept_puk(std::string& text);
[[nodiscard]] std::string allowed_timer();
[[nodiscard]] bool accept_timer(std::string& text);
[[nodiscard]] std::string allowed_cycle();
[[nodiscard]] bool accept_cycle(std::string& text);
[[nodiscard]] std::string allowed_window();
[[nodiscard]] bool accept_window(std::string& text);
[[nodiscard]] std::string allowed_ipv4();
[[nodiscard]] bool accept_ipv4(std::string& text);
[[nodiscard]] std::string allowed_ipv6_prefix();
[[nodiscard]] bool accept_ipv6_prefix(std::string& text);
[[nodiscard]] std::string allowed_address();
[[nodiscard]] bool accept_address(std::string& text);
[[nodiscard]] std::string allowed_printable();
[[nodiscard]] bool accept_printable(std::string& text);
[[nodiscard]] std::string allowed_path();
[[nodiscard]] bool accept_path(std::string& text);

inline constexpr TextRule kModelText{allowed_models, accept_model, model_names};
inline constexpr TextRule kFifteenDigits{allowed_fifteen_digits, accept_fifteen_digits};
inline constexpr TextRule kIccidText{allowed_iccid, accept_iccid};
inline constexpr TextRule kPinText{allowed_pin, accept_pin, nullptr, true};
inline constexpr TextRule kPukText{allowed_puk, accept_puk, nullptr, true};
inline constexpr TextRule kTimerText{allowed_timer, accept_timer};
inline constexpr TextRule kCycleText{allowed_cycle, accept_cycle};
inline constexpr TextRule kWindowText{allowed_window, accept_window};
inline constexpr TextRule kIpv4Text{allowed_ipv4, accept_ipv4};
inline constexpr TextRule kIpv6PrefixText{allowed_ipv6_prefix, accept_ipv6_prefix};
inline constexpr TextRule kAddressText{allowed_address, accept_address};
inline constexpr TextRule kPrintableText{allowed_printable, accept_printable};
inline constexpr TextRule kPathText{allowed_path, accept_path};

[[nodiscard]] bool is_digits(std::string_view text);

}  // namespace vmodem::app
