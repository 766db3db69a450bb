#include "firmware/radio/report.h"

#include <fmt/format.h>

#include "firmware/base/check.h"

namespace vmodem::firmware {
namespace {

constexpr int kModeWithLocation = 2;
constexpr int kModeWithCause = 4;

std::string quoted_timer(const std::string& bits) {
  return bits.empty() ? bits : fmt::format("\"{}\"", bits);
}

}  // namespace

std::string_view command_of(Domain domain) {
  switch (domain) {
    case Domain::kCircuit:
      return "+CREG";
    case Domain::kPacket:
      return "+CGREG";
    case Domain::kEps:
      return "+CEREG";
  }
  BG_CHECK(false, "every domain has its command");
  return {};
}

int mode_of(const ReportModes& modes, Domain domain) {
  switch (domain) {
    case Domain::kCircuit:
      return modes.creg;
    case Domain::kPacket:
      return modes.cgreg;
    case Domain::kEps:
      break;
  }
  return modes.cereg;
}

std::string registration_text(Domain domain, const RegistrationView& view, int mode) {
  auto text = fmt::format("{}", static_cast<int>(view.registration));
  if (mode < kModeWithLocation) return text;

  const bool has_routing_area = domain == Domain::kPacket;
  if (view.cell) {
    text += fmt::format(",\"{}\",\"{}\",{}", view.cell->area_code, view.cell->id,
                        static_cast<int>(view.technology));
    if (has_routing_area) text += fmt::format(",\"{}\"", view.cell->routing_area);
  }
  if (mode < kModeWithCause) return text;

  // 27.007 §10.1.22: fields without a value stay empty; <cause_type> 0 is an EMM or GMM cause.
  if (view.cell) {
    text += fmt::format(",,,{},{}", quoted_timer(view.active_time),
                        quoted_timer(view.periodic_tau));
  } else if (view.reject_cause != 0) {
    text += fmt::format("{},0,{}", has_routing_area ? ",,,," : ",,,", view.reject_cause);
  }
  return text;
}

}  // namespace vmodem::firmware
