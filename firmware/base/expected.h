// Errors as values. std::expected needs C++23, which clang 14 does not offer.
#pragma once

#include <tl/expected.hpp>
#include <utility>

namespace vmodem {

template <class Value, class Error>
using Expected = tl::expected<Value, Error>;

template <class Error>
[[nodiscard]] constexpr auto unexpected(Error&& error) {
  return tl::make_unexpected(std::forward<Error>(error));
}

}  // namespace vmodem
