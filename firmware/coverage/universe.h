// All that a host can meet, from the tables that the module itself is made of.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vmodem::coverage {

enum class Group : std::uint8_t {
  kForms,
  kResults,
  kCoapResults,
  kUrcs,
  kMessages,
  kOptions,
  kLink,
  kFaults,
};
inline constexpr Group kGroups[] = {Group::kForms, Group::kResults,  Group::kCoapResults,
                                    Group::kUrcs,  Group::kMessages, Group::kOptions,
                                    Group::kLink,  Group::kFaults};
// A word for programs, and a title for people.
[[nodiscard]] std::string_view name(Group group);
[[nodiscard]] std::string_view title(Group group);

// A subject has one item or one for each of its aspects: "AT+QCOAPOPEN" has "test", "read" and
// "write".
struct Item {
  Group group;
  std::string subject;
  std::string aspect;       // empty: the subject as a whole
  std::string_view help;    // what the subject is, or empty
  std::string_view source;  // where it is written: "27.007 §8.15, AT95 §11.2"
};

// Part of a document, with the items that stand in it.
struct Clause {
  std::string name;  // "the note §3.3.2"
  std::vector<std::size_t> items;
};

class Universe {
 public:
  explicit Universe(std::vector<Item> items);

  // The items of a group stand together, those of a subject too.
  [[nodiscard]] std::span<const Item> items() const { return items_; }
  [[nodiscard]] std::optional<std::size_t> find(Group group, std::string_view subject,
                                                std::string_view aspect) const;
  // Of the note, in its order, then those of the other documents.
  [[nodiscard]] std::span<const Clause> clauses() const { return clauses_; }

 private:
  std::vector<Item> items_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<Clause> clauses_;
};

[[nodiscard]] const Universe& universe();

// Of the application note itself, not of what it refers to.
[[nodiscard]] bool is_of_note(const Clause& clause);

}  // namespace vmodem::coverage
