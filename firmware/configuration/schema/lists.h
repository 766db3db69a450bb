// Rows of the key table for members that are vectors.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware/configuration/schema/kinds.h"

namespace vmodem::app {

// A list whose elements the two functions turn into texts and back.
template <auto... kMembers>
struct ListField {
  using Here = Field<kMembers...>;
  using Root = typename Here::Root;
  using Element = typename Here::Value::value_type;

  template <std::optional<Element> (*kParse)(std::string_view),
            std::string (*kText)(const Element&)>
  static constexpr ListOf<Root> of(char separator, std::string (*allowed)(),
                                   std::size_t count_max = kListCountMax) {
    return {separator,
            allowed,
            [](Root& root) { Here::in(root).clear(); },
            [](Root& root, std::string_view text) {
              auto element = kParse(text);
              if (!element) return false;
              Here::in(root).push_back(std::move(*element));
              return true;
            },
            [](const Root& root) {
              std::vector<std::string> texts;
              for (const auto& element : Here::in(root)) texts.push_back(kText(element));
              return texts;
            },
            count_max};
  }
};

}  // namespace vmodem::app
