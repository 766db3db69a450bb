#include <array>

#include "firmware/configuration/dialect_tables.h"
#include "firmware/configuration/places.h"

namespace vmodem::app {
namespace {

using at::PromptForm;
using firmware::PayloadDialect;

constexpr std::array<std::string_view, 3> kEscapeWords{"ok", "error", "none"};
constexpr std::array<std::string_view, 3> kLongPayloadWords{"error_at_end", "error_at_once",
                                                            "sent"};

constexpr DialectKey kPayloadDialect[] = {
    {{"dialect.prompt_line_end", boolean<&PromptForm::line_end>(),
      "A line end stands in front of the prompt."},
     "The note prints > alone; logs of a BG77 and of a BG95-M3 have CR LF in front.",
     "As in the logs.",
     "The octets between the CR of AT+QCOAPSEND and the >."},
    {{"dialect.prompt_blank", boolean<&PromptForm::blank>(), "A blank stands behind the prompt."},
     "The note prints > alone, and its example >Hello without a blank; logs of a BG77 and of a "
     "BG95-M3 have one.",
     "As in the logs.",
     "The octets that follow the > before the host sends any."},
    {{"dialect.escape_answer", word<&PayloadDialect::escape_answer>(kEscapeWords),
      "What answers an Esc that cancels AT+QCOAPSEND."},
     "The note says that Esc cancels; the vendor's manual has OK for the same in AT+CMGS.",
     "OK, as of AT+CMGS.",
     "Esc at the prompt, and a second of listening."},
    {{"dialect.control_ends_counted", boolean<&PayloadDialect::control_ends_counted>(),
      "Ctrl-Z and Esc end a payload of announced length too; false: they are octets of it."},
     "The note speaks of Ctrl-Z and Esc behind the prompt, with a length or without, and of any "
     "data.",
     "A counted payload may be binary.",
     "AT+QCOAPSEND=0,1,2,0,3 and the octets 61 1A 62, seen by the server."},
    {{"dialect.input_timeout",
      duration_or<&PayloadDialect::input_timeout>("never", 1s, 1h),
      "So long without an octet ends AT+QCOAPSEND with ERROR."},
     "The note has none; a log of a BG95-M3 shows a command line that was swallowed as payload.",
     "The module waits for ever.",
     "AT+QCOAPSEND without a length, and ten minutes of silence."},
    {{"dialect.long_payload", word<&PayloadDialect::long_payload>(kLongPayloadWords),
      "What becomes of more than 1024 octets without a length: ERROR at the Ctrl-Z, ERROR at "
      "octet 1025, or all is sent (to 4096)."},
     "The note allows no more than 1024 bytes, and does not say what happens.",
     "The surplus is swallowed: it would be read as command lines otherwise.",
     "1030 octets and Ctrl-Z."},
    {{"dialect.length_min", integer<&PayloadDialect::length_min>(0, 1),
      "The least length that AT+QCOAPSEND takes and prints."},
     "The note has a range in the test form, and names only its end.",
     "0 sends at once, without a prompt.",
     "AT+QCOAPSEND=? and AT+QCOAPSEND=0,1,1,0,0."},
};

}  // namespace

std::span<const DialectKey> payload_dialect() {
  return kPayloadDialect;
}

}  // namespace vmodem::app
