#include "firmware/card/files.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

constexpr int kEfIccid = 0x2FE2;
constexpr int kEfImsi = 0x6F07;
constexpr std::size_t kIccidSize = 10;
constexpr std::size_t kImsiSize = 9;

// TS 31.101 §10.2.1.
const SimAnswer kDone{0x90, 0x00, {}};
const SimAnswer kWrongLength{0x67, 0x00, {}};
const SimAnswer kWrongStructure{0x69, 0x81, {}};
const SimAnswer kNotAllowed{0x69, 0x82, {}};
const SimAnswer kFileNotFound{0x6A, 0x82, {}};
const SimAnswer kWrongOffset{0x6B, 0x00, {}};

// Two digits an octet, the first one in the low half; F where there is none.
std::string swapped_digits(std::string digits, std::size_t size) {
  digits.resize(size * 2, 'F');
  for (std::size_t i = 0; i < digits.size(); i += 2) std::swap(digits[i], digits[i + 1]);
  return digits;
}

// TS 31.102 §4.2.2: a length octet, then the parity half-octet 9 before the 15 digits.
std::string imsi_content(std::string_view imsi) {
  const auto length = (imsi.size() + 2) / 2;
  const auto* parity = imsi.size() % 2 == 1 ? "9" : "1";
  return fmt::format("{:02X}{}", length, swapped_digits(parity + std::string(imsi), kImsiSize - 1));
}

std::optional<std::string> find_content(int file, std::string_view iccid, std::string_view imsi) {
  if (file == kEfIccid) return swapped_digits(std::string(iccid), kIccidSize);
  if (file == kEfImsi) return imsi_content(imsi);
  return std::nullopt;
}

SimAnswer read_binary(const SimAccess& access, std::string_view content) {
  const auto size = static_cast<int>(content.size() / 2);
  const int offset = access.p1 * 256 + access.p2;
  if (offset >= size) return kWrongOffset;
  const int length = access.p3 == 0 ? size - offset : access.p3;
  if (offset + length > size) return kWrongLength;

  auto answer = kDone;
  answer.data =
      content.substr(static_cast<std::size_t>(offset) * 2, static_cast<std::size_t>(length) * 2);
  return answer;
}

// TS 51.011 §9.2.1: the header of a transparent file.
SimAnswer describe_file(int file, std::string_view content) {
  auto answer = kDone;
  answer.data = fmt::format("0000{:04X}{:04X}0400FFFFFF01020000", content.size() / 2, file);
  return answer;
}

}  // namespace

SimAnswer access_sim_file(const SimAccess& access, std::string_view iccid, std::string_view imsi) {
  if (access.command == SimCommand::kStatus) return kDone;
  const auto content = find_content(access.file, iccid, imsi);
  if (!content) return kFileNotFound;

  switch (access.command) {
    case SimCommand::kReadBinary:
      return read_binary(access, *content);
    case SimCommand::kGetResponse:
      return describe_file(access.file, *content);
    case SimCommand::kUpdateBinary:
      return kNotAllowed;
    case SimCommand::kReadRecord:
    case SimCommand::kUpdateRecord:
      return kWrongStructure;
    case SimCommand::kStatus:
      break;
  }
  BG_CHECK(false, "a status needs no file");
  return kDone;
}

}  // namespace vmodem::firmware
