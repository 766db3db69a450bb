#include "firmware/card/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

// TS 31.101 §10.2.1.
const SimAnswer kDone{0x90, 0x00, {}};
const SimAnswer kWrongLength{0x67, 0x00, {}};
const SimAnswer kWrongStructure{0x69, 0x81, {}};
const SimAnswer kNotAllowed{0x69, 0x82, {}};
const SimAnswer kFileNotFound{0x6A, 0x82, {}};
const SimAnswer kRecordNotFound{0x6A, 0x83, {}};
const SimAnswer kWrongParameters{0x6A, 0x86, {}};
const SimAnswer kWrongOffset{0x6B, 0x00, {}};

// Two digits an octet, the first one in the low half; F where there is none.
std::string swapped_digits(std::string digits, std::size_t size) {
  digits.resize(size * 2, 'F');
  for (std::size_t i = 0; i < digits.size(); i += 2) std::swap(digits[i], digits[i + 1]);
  return digits;
}

std::string repeated(std::string_view octets, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += octets;
  return text;
}

// 24.008 §10.5.1.13: MCC 2, MCC 1, MNC 3 or F, MCC 3, MNC 2, MNC 1.
std::string network_code(const CardContents& card) {
  const auto& numeric = card.home;
  const char third = numeric.size() > 5 ? numeric[5] : 'F';
  return {numeric[1], numeric[0], third, numeric[2], numeric[4], numeric[3]};
}

std::string iccid_content(const CardContents& card) {
  constexpr std::size_t kSize = 10;
  return swapped_digits(card.iccid, kSize);
}

// TS 31.102 §4.2.2: a length octet, then the parity half-octet 9 before the 15 digits.
std::string imsi_content(const CardContents& card) {
  constexpr std::size_t kSize = 9;
  const auto length = (card.imsi.size() + 2) / 2;
  const auto* parity = card.imsi.size() % 2 == 1 ? "9" : "1";
  return fmt::format("{:02X}{}", length, swapped_digits(parity + card.imsi, kSize - 1));
}

// §4.2.18: normal operation, and how many digits the MNC has.
std::string administrative_content(const CardContents& card) {
  constexpr std::size_t kCountrySize = 3;
  return fmt::format("000000{:02X}", card.home.size() - kCountrySize);
}

// §4.2.8: the files below, the required bit 33, and the EPS location (85).
std::string service_table_content(const CardContents&) {
  constexpr std::array<std::size_t, 9> kServices{17, 18, 19, 20, 21, 33, 42, 43, 85};
  std::array<unsigned, 11> octets{};
  for (const auto service : kServices) octets[(service - 1) / 8] |= 1U << (service - 1) % 8;
  std::string text;
  for (const auto octet : octets) text += fmt::format("{:02X}", octet);
  return text;
}

// §4.2.12.
std::string provider_content(const CardContents& card) {
  constexpr std::size_t kNameSize = 16;
  std::string text = "00";
  for (const char c : card.provider.substr(0, kNameSize)) {
    text += fmt::format("{:02X}", static_cast<unsigned char>(c));
  }
  text.resize((1 + kNameSize) * 2, 'F');
  return text;
}

// §4.2.15: one of the classes 0 to 9 by the last digit of the IMSI (22.011 §4.2).
std::string access_class_content(const CardContents& card) {
  return fmt::format("{:04X}", 1U << (card.imsi.back() - '0'));
}

// The contents that TS 31.102 annex E gives a new card: nothing known of where it is.
std::string location_content(const CardContents& card) {
  return "FFFFFFFF" + network_code(card) + "0000FF01";
}
std::string packet_location_content(const CardContents& card) {
  return "FFFFFFFFFFFFFF" + network_code(card) + "0000FF01";
}
std::string eps_location_content(const CardContents& card) {
  return repeated("FF", 12) + network_code(card) + "000001";
}

// E-UTRAN and GSM at home (§4.2.54); the other lists are empty.
std::string home_list_content(const CardContents& card) { return network_code(card) + "4080"; }
std::string empty_list_content(const CardContents&) { return repeated("FFFFFF0000", 8); }
std::string forbidden_content(const CardContents&) { return repeated("FFFFFF", 4); }
std::string search_period_content(const CardContents&) { return "05"; }
std::string group_content(const CardContents&) { return "FF"; }

// Records. §4.2.21: 112 without a name, of no category; §4.2.26: no number.
std::string emergency_content(const CardContents&) { return "11F2FF00"; }
std::string number_content(const CardContents&) { return repeated("FF", 28); }

// How the octets of a file are reached (TS 31.101 §8.2).
enum class Structure { kTransparent, kOneRecord };
struct CardFile {
  int id;
  std::string (*content)(const CardContents& card);
  Structure structure = Structure::kTransparent;
};
constexpr CardFile kFiles[] = {
    {0x2FE2, iccid_content},
    {0x6F07, imsi_content},
    {0x6F31, search_period_content},
    {0x6F38, service_table_content},
    {0x6F3E, group_content},
    {0x6F3F, group_content},
    {0x6F40, number_content, Structure::kOneRecord},
    {0x6F46, provider_content},
    {0x6F60, empty_list_content},
    {0x6F61, empty_list_content},
    {0x6F62, home_list_content},
    {0x6F73, packet_location_content},
    {0x6F78, access_class_content},
    {0x6F7B, forbidden_content},
    {0x6F7E, location_content},
    {0x6FAD, administrative_content},
    {0x6FB7, emergency_content, Structure::kOneRecord},
    {0x6FE3, eps_location_content},
};

SimAnswer done_with(std::string_view data) {
  auto answer = kDone;
  answer.data = data;
  return answer;
}

SimAnswer read_binary(const SimAccess& access, std::string_view content) {
  const auto size = static_cast<int>(content.size() / 2);
  const int offset = access.p1 * 256 + access.p2;
  if (offset >= size) return kWrongOffset;
  const int length = access.p3 == 0 ? size - offset : access.p3;
  if (offset + length > size) return kWrongLength;
  return done_with(
      content.substr(static_cast<std::size_t>(offset) * 2, static_cast<std::size_t>(length) * 2));
}

// TS 31.101 §11.1.5: a record by its number.
SimAnswer read_record(const SimAccess& access, std::string_view content) {
  constexpr int kAbsolute = 4;
  if (access.p2 != kAbsolute) return kWrongParameters;
  if (access.p1 != 1) return kRecordNotFound;
  const auto size = static_cast<int>(content.size() / 2);
  if (access.p3 != 0 && access.p3 != size) return kWrongLength;
  return done_with(content);
}

// TS 51.011 §9.2.1: the header of a file.
SimAnswer describe_file(const CardFile& file, std::string_view content) {
  const auto size = content.size() / 2;
  const auto structure = file.structure == Structure::kOneRecord ? fmt::format("01{:02X}", size)
                                                                 : std::string("0000");
  return done_with(
      fmt::format("0000{:04X}{:04X}0400FFFFFF0102{}", size, file.id, structure));
}

}  // namespace

SimAnswer access_sim_file(const SimAccess& access, const CardContents& card) {
  if (access.command == SimCommand::kStatus) return kDone;
  const auto* file = std::ranges::find(kFiles, access.file, &CardFile::id);
  if (file == std::end(kFiles)) return kFileNotFound;

  const auto content = file->content(card);
  const bool is_of_records = file->structure == Structure::kOneRecord;
  switch (access.command) {
    case SimCommand::kReadBinary:
      return is_of_records ? kWrongStructure : read_binary(access, content);
    case SimCommand::kReadRecord:
      return is_of_records ? read_record(access, content) : kWrongStructure;
    case SimCommand::kGetResponse:
      return describe_file(*file, content);
    case SimCommand::kUpdateBinary:
      return is_of_records ? kWrongStructure : kNotAllowed;
    case SimCommand::kUpdateRecord:
      return is_of_records ? kNotAllowed : kWrongStructure;
    case SimCommand::kStatus:
      break;
  }
  BG_CHECK(false, "a status needs no file");
  return kDone;
}

}  // namespace vmodem::firmware
