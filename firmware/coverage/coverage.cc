#include "firmware/coverage/coverage.h"

#include <fmt/format.h>

#include <algorithm>

#include "at_engine/command_line.h"
#include "at_engine/text.h"
#include "firmware/base/printable.h"
#include "firmware/commands/families.h"
#include "firmware/coverage/codes.h"
#include "firmware/coverage/forms.h"
#include "firmware/coverage/urcs.h"

namespace vmodem::coverage {
namespace {

constexpr std::size_t kNameShown = 32;

// "0" of "0,\"1A2D\"".
std::string_view first_number(std::string_view text) {
  return text.substr(0, std::min(text.find_first_not_of("-0123456789"), text.size()));
}

std::string_view last_number(std::string_view text) {
  return text.substr(text.find_last_of(", ") + 1);
}

}  // namespace

Coverage::Coverage() : met_(universe().items().size()) {
}

void Coverage::handle(const journal::Entry& entry) {
  std::visit([this](const auto& event) { handle_event(event); }, entry.event);
}

void Coverage::merge(const Coverage& other) {
  for (std::size_t i = 0; i < met_.size(); ++i) met_[i] = met_[i] || other.met_[i];
  for (const auto& name : other.unknown_) note_unknown(name);
}

std::size_t Coverage::count(Group group) const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < met_.size(); ++i) {
    if (met_[i] && universe().items()[i].group == group) ++count;
  }
  return count;
}

void Coverage::meet(Group group, std::string_view subject, std::string_view aspect) {
  if (const auto item = universe().find(group, subject, aspect)) met_[*item] = true;
}

// The first by their letters: so that the order of merges does not matter.
void Coverage::note_unknown(std::string name) {
  unknown_.insert(std::move(name));
  if (unknown_.size() > kUnknownMax) unknown_.erase(std::prev(unknown_.end()));
}

void Coverage::handle_event(const journal::LineCommand& event) {
  constexpr std::size_t kPrefixSize = 2;
  const std::string_view text = event.text;
  if (at::equals_ignoring_case(text.substr(0, kPrefixSize), "AT")) {
    meet_line(text.substr(kPrefixSize));
  }
}

void Coverage::meet_line(std::string_view line) {
  for (auto next = at::take_command(line); next && *next; next = at::take_command(line)) {
    meet_command(**next);
  }
}

void Coverage::meet_command(const at::Command& command) {
  const auto rows = firmware::command_table({}).find(command.name);
  if (rows.empty()) return note_unknown(printable("AT" + command.name, kNameShown));
  if (command.form == at::Form::kTest) {
    return meet(Group::kForms, fmt::format("AT{}", command.name), name(RowForm::kTest));
  }
  for (const auto* row : rows) {
    if (!uses(command, *row)) continue;
    meet(Group::kForms, subject_of(*row), name(form_of(command, *row)));
  }
}

void Coverage::handle_event(const journal::LineResult& event) {
  meet(Group::kResults, result_subject(event.text));
}

void Coverage::handle_event(const journal::LinePrompt& event) {
  meet(Group::kResults, result_subject(event.text));
}

void Coverage::handle_event(const journal::LineUrc& event) {
  const std::string_view text = event.text;
  const auto* row = find_urc(text);
  if (row == nullptr) return;
  const auto subject = subject_of(*row);
  const auto rest = text.substr(row->text.size());
  meet(Group::kUrcs, subject, row->values.empty() ? std::string_view() : first_number(rest));
  meet(Group::kCoapResults, subject, last_number(text));
}

void Coverage::handle_event(const journal::CoapSent& event) {
  meet(Group::kMessages, event.code, event.type);
  meet_options(event.options, "sent");
}

void Coverage::handle_event(const journal::CoapReceived& event) {
  meet(Group::kMessages, event.code, "received");
  meet_options(event.options, "received");
}

void Coverage::meet_options(const journal::OptionFields& options, std::string_view aspect) {
  for (const auto& option : options) {
    meet(Group::kOptions, fmt::format("{}", option.number), aspect);
  }
}

void Coverage::handle_event(const journal::FaultPerformed& event) {
  meet(Group::kFaults, event.verb);
}

void Coverage::handle_event(const journal::LinkLost& event) {
  meet(Group::kLink, event.kKind.name, event.direction);
}
void Coverage::handle_event(const journal::LinkDelayed& event) {
  meet(Group::kLink, event.kKind.name, event.direction);
}
void Coverage::handle_event(const journal::LinkDuplicated& event) {
  meet(Group::kLink, event.kKind.name, event.direction);
}
void Coverage::handle_event(const journal::LinkCorrupted& event) {
  meet(Group::kLink, event.kKind.name, event.direction);
}

}  // namespace vmodem::coverage
