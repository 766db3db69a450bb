#include "firmware/coverage/universe.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "coap_core/option_registry.h"
#include "firmware/base/check.h"
#include "firmware/commands/families.h"
#include "firmware/coverage/codes.h"
#include "firmware/coverage/forms.h"
#include "firmware/coverage/urcs.h"
#include "firmware/journal/event.h"
#include "firmware/testbed/verb.h"

namespace vmodem::coverage {
namespace {

constexpr std::string_view kNote = "the note ";
// Names of captures are no clauses (quectel-at.md §0).
constexpr std::string_view kCapture = "LOG-";

std::string key(Group group, std::string_view subject, std::string_view aspect) {
  return fmt::format("{}\n{}\n{}", static_cast<int>(group), subject, aspect);
}

void add_forms(std::vector<Item>& items) {
  std::string_view tested;  // the rows of a name share its test form
  for (const auto& family : firmware::command_families()) {
    for (const auto& row : family.rows) {
      if (!row.keyword.empty() && std::exchange(tested, row.name) != row.name) {
        items.push_back({Group::kForms, fmt::format("AT{}", row.name),
                         std::string(name(RowForm::kTest)), family.title, row.source});
      }
      for (const auto form : forms_of(row)) {
        items.push_back(
            {Group::kForms, subject_of(row), std::string(name(form)), row.summary, row.source});
      }
    }
  }
}

void add_codes(std::vector<Item>& items, Group group, std::vector<CodeRow> rows) {
  for (auto& row : rows) {
    items.push_back({group, std::move(row.subject), std::move(row.aspect), row.help, row.source});
  }
}

void add_urcs(std::vector<Item>& items) {
  for (const auto& row : urc_rows()) {
    const std::string subject(subject_of(row));
    if (row.values.empty()) items.push_back({Group::kUrcs, subject, "", row.help, row.source});
    for (const auto value : row.values) {
      items.push_back({Group::kUrcs, subject, std::string(value), row.help, row.source});
    }
  }
}

void add_options(std::vector<Item>& items) {
  for (const auto& rule : coap::option_rules()) {
    const auto subject = fmt::format("{}", rule.number);
    // The note's chapter 3.4 speaks of observation; the module takes its option too.
    if (rule.in_note || rule.number == coap::kObserve) {
      items.push_back({Group::kOptions, subject, "sent", rule.name,
                       rule.in_note ? "the note Table 3" : "RFC 7641 §2"});
    }
    if (rule.in_responses) {
      items.push_back({Group::kOptions, subject, "received", rule.name,
                       rule.in_note ? "the note Table 3" : ""});
    }
  }
}

void add_link(std::vector<Item>& items) {
  for (const auto& kind : journal::kinds()) {
    if (!kind.name.starts_with("link.")) continue;
    for (const auto* direction : {"uplink", "downlink"}) {
      items.push_back({Group::kLink, std::string(kind.name), direction, kind.help, ""});
    }
  }
}

void add_faults(std::vector<Item>& items) {
  for (const auto& verb : testbed::verbs()) {
    items.push_back({Group::kFaults, std::string(verb.name), "", verb.help, ""});
  }
}

Universe make_universe() {
  std::vector<Item> items;
  add_forms(items);
  add_codes(items, Group::kResults, result_rows());
  add_codes(items, Group::kCoapResults, coap_result_rows());
  add_urcs(items);
  add_codes(items, Group::kMessages, message_rows());
  add_options(items);
  add_link(items);
  add_faults(items);
  return Universe(std::move(items));
}

// "§3.10" behind "§3.9".
std::vector<int> numbers_of(std::string_view text) {
  std::vector<int> numbers;
  bool was_digit = false;
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit && !was_digit) numbers.push_back(0);
    if (is_digit) numbers.back() = numbers.back() * 10 + (c - '0');
    was_digit = is_digit;
  }
  return numbers;
}

bool comes_before(const Clause& a, const Clause& b) {
  const auto order = [](const Clause& clause) {
    const auto part = clause.name.find_last_of(' ');
    const auto document = clause.name.substr(0, part);
    const bool is_table = clause.name.find("Table") != std::string::npos;
    return std::tuple(!is_of_note(clause), document.substr(0, document.find(" Table")), is_table,
                      numbers_of(std::string_view(clause.name).substr(part)));
  };
  return order(a) < order(b);
}

}  // namespace

std::string_view name(Group group) {
  switch (group) {
    case Group::kForms:
      return "forms";
    case Group::kResults:
      return "results";
    case Group::kCoapResults:
      return "coap_results";
    case Group::kUrcs:
      return "urcs";
    case Group::kMessages:
      return "messages";
    case Group::kOptions:
      return "options";
    case Group::kLink:
      return "link";
    case Group::kFaults:
      return "faults";
  }
  return {};
}

std::string_view title(Group group) {
  switch (group) {
    case Group::kForms:
      return "Forms of commands";
    case Group::kResults:
      return "Final results and prompts";
    case Group::kCoapResults:
      return "Results of CoAP operations";
    case Group::kUrcs:
      return "URCs";
    case Group::kMessages:
      return "CoAP messages";
    case Group::kOptions:
      return "CoAP options";
    case Group::kLink:
      return "What the link does";
    case Group::kFaults:
      return "Faults";
  }
  return {};
}

Universe::Universe(std::vector<Item> items) : items_(std::move(items)) {
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_clause;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const auto& item = items_[i];
    const bool is_new = places_.emplace(key(item.group, item.subject, item.aspect), i).second;
    BG_CHECK(is_new, "each item is there once");
    for (auto rest = item.source; !rest.empty();) {
      const auto end = std::min(rest.find(", "), rest.size());
      const auto clause = rest.substr(0, end);
      if (!clause.starts_with(kCapture)) by_clause[std::string(clause)].push_back(i);
      rest.remove_prefix(std::min(end + 2, rest.size()));
    }
  }
  for (auto& [clause, places] : by_clause) clauses_.push_back({clause, std::move(places)});
  std::ranges::sort(clauses_, comes_before);
}

std::optional<std::size_t> Universe::find(Group group, std::string_view subject,
                                          std::string_view aspect) const {
  const auto found = places_.find(key(group, subject, aspect));
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

const Universe& universe() {
  static const Universe all = make_universe();
  return all;
}

bool is_of_note(const Clause& clause) {
  return clause.name.starts_with(kNote);
}

}  // namespace vmodem::coverage
