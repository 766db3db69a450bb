// The visitor of std::visit, one lambda per alternative.
#pragma once

namespace vmodem {

template <class... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace vmodem
