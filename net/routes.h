// Where a host name or address of the simulated world leads to in the real one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "net/endpoint.h"

namespace vmodem::net {

class Routes {
 public:
  // `from` is a name or an address, with or without a port: name, name:port, a.b.c.d, a.b.c.d:port,
  // v6, [v6], [v6]:port. `to` is an address and a port. The same `from` again replaces what was
  // there.
  [[nodiscard]] Expected<void, SyntaxError> add(std::string_view from, std::string_view to);
  // "FROM=TO".
  [[nodiscard]] Expected<void, SyntaxError> add(std::string_view text);

  // The route for host and port; else the one for the host alone; else nothing. Names match in any
  // case, addresses in any spelling. `host` has no brackets.
  [[nodiscard]] std::optional<Endpoint> find(std::string_view host, std::uint16_t port) const;

  // A route from there, however it is written; false for what is no `from`.
  [[nodiscard]] bool has(std::string_view from) const;
  [[nodiscard]] bool is_empty() const { return routes_.empty(); }

 private:
  struct Source {
    std::string host;                   // lower case; an address as to_string() gives it
    std::optional<std::uint16_t> port;  // absent: any

    friend auto operator<=>(const Source&, const Source&) = default;
  };
  [[nodiscard]] static Expected<Source, SyntaxError> parse_source(std::string_view text);
  [[nodiscard]] std::optional<Endpoint> find(const Source& from) const;

  std::map<Source, Endpoint> routes_;
};

}  // namespace vmodem::net
