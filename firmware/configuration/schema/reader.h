// Reads the tree of a configuration file into what it configures, by the tables of keys. Goes on
// behind a mistake.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware/configuration/schema/error.h"
#include "firmware/configuration/schema/key.h"
#include "firmware/configuration/schema/tree.h"

namespace vmodem::app {

// Those that are found first, and how many there are beside them.
class Mistakes {
 public:
  void add(const FilePosition& at, net::SyntaxError error) {
    if (count_++ >= kMistakesToldMax) return;
    mistakes_.emplace_back(at, std::move(error));
  }
  void check(const FilePosition& at, Expected<void, net::SyntaxError> result) {
    if (!result) add(at, std::move(result.error()));
  }
  // A node of a type that is not allowed where `called` is set.
  void add_type(std::string_view called, const ConfigNode& node, std::string allowed) {
    add(node.at, {fmt::format("{}: {} is not allowed", called, node.type), std::move(allowed)});
  }

  [[nodiscard]] std::size_t count() const { return count_; }
  // More are only counted.
  [[nodiscard]] bool is_full() const { return count_ >= kMistakesToldMax; }
  // In the order of the file; behind them how many more there are.
  [[nodiscard]] std::vector<ConfigError> errors(const std::string& file) const;

 private:
  std::vector<std::pair<FilePosition, net::SyntaxError>> mistakes_;
  std::size_t count_ = 0;
};

// Reads the entries of one table, its sections too, into one owner.
template <class Owner>
class TableReader {
 public:
  // What is no key of the table: `key` as it would stand there. False: not known either.
  using ReadOther = std::function<bool(std::string_view key, const ConfigEntry& entry)>;

  // `called` stands in front of the keys in messages.
  TableReader(Owner& owner, std::span<const KeyOf<Owner>> keys, std::string called,
              Mistakes& mistakes)
      : owner_(owner), keys_(keys), called_(std::move(called)), mistakes_(mistakes) {}

  // `names` are what `read_other` knows, for messages.
  void also(std::vector<std::string_view> names, ReadOther read_other) {
    other_names_ = std::move(names);
    read_other_ = std::move(read_other);
  }

  void read(const ConfigNode::Table& table) { read_section(table, ""); }

 private:
  void read_section(const ConfigNode::Table& table, const std::string& prefix) {
    for (const bool first : {true, false}) {
      for (const auto& entry : table) {
        const auto name = prefix + entry.key;
        const auto* key = find_key(keys_, name);
        if ((key != nullptr && key->comes_first) == first) read_entry(name, key, entry);
      }
    }
  }

  void read_entry(const std::string& name, const KeyOf<Owner>* key, const ConfigEntry& entry) {
    if (read_other_ && read_other_(name, entry)) return;
    if (key != nullptr) return read_key(*key, entry.node);
    if (entry.node.table() != nullptr && is_section(name)) {
      return read_section(*entry.node.table(), name + ".");
    }
    // Which names are near takes time, of which a file of nothing but mistakes would take much.
    if (mistakes_.is_full()) return mistakes_.add(entry.at, {});
    auto names = names_of(keys_, name);
    if (names.size() == keys_.size()) {
      names.insert(names.end(), other_names_.begin(), other_names_.end());
    }
    mistakes_.add(entry.at, unknown_key(called_, name, names));
  }

  void read_key(const KeyOf<Owner>& key, const ConfigNode& node) {
    const auto called = called_ + std::string(key.name);
    const auto* list = std::get_if<ListOf<Owner>>(&key.kind);
    if (list != nullptr && node.array() != nullptr) {
      return read_list(key, *list, called, node);
    }
    if (node.value() == nullptr) return mistakes_.add_type(called, node, key.allowed());
    mistakes_.check(node.at, key.set(owner_, called, *node.value()));
  }

  void read_list(const KeyOf<Owner>& key, const ListOf<Owner>& list, const std::string& called,
                 const ConfigNode& node) {
    const auto& elements = *node.array();
    if (elements.size() > list.count_max) {
      return mistakes_.add(node.at, too_many(called, list.count_max));
    }
    list.clear(owner_);
    for (const auto& element : elements) {
      if (element.text() == nullptr) return mistakes_.add_type(called, element, key.allowed());
      mistakes_.check(element.at, key.add_element(owner_, list, called, *element.text()));
    }
  }

  [[nodiscard]] bool is_section(const std::string& name) const {
    const auto prefix = name + ".";
    return std::ranges::any_of(keys_,
                               [&](const auto& key) { return key.name.starts_with(prefix); });
  }

  Owner& owner_;
  std::span<const KeyOf<Owner>> keys_;
  std::string called_;
  Mistakes& mistakes_;
  std::vector<std::string_view> other_names_;
  ReadOther read_other_;
};

}  // namespace vmodem::app
