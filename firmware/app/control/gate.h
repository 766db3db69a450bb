// Who may ask. A loopback port is no trust: every program and every page of a browser on this
// machine reaches it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/app/http/http.h"

namespace vmodem::app {

class Gate {
 public:
  // A socket with a name is not reached by pages, so its clients may call the host what they like.
  // An empty token: the socket's mode is enough.
  Gate(bool has_name, std::string token) : has_name_(has_name), token_(std::move(token)) {}

  // Nothing: it may come in.
  [[nodiscard]] std::optional<HttpAnswer> refuse(const HttpHead& head) const;
  // The same in two steps, for what asks for the token in another way, or for none.
  [[nodiscard]] std::optional<HttpAnswer> refuse_stranger(const HttpHead& head) const;
  [[nodiscard]] static std::optional<HttpAnswer> refuse_body(const HttpHead& head);
  // In a time that tells nothing of where they differ.
  [[nodiscard]] bool is_word(std::string_view given) const;

 private:
  [[nodiscard]] std::optional<HttpAnswer> refuse_host(const HttpHead& head) const;
  [[nodiscard]] std::optional<HttpAnswer> refuse_origin(const HttpHead& head) const;
  [[nodiscard]] std::optional<HttpAnswer> refuse_token(const HttpHead& head) const;

  bool has_name_;
  std::string token_;
};

// The one field of this name; nothing where there is none, or more than one.
[[nodiscard]] std::optional<std::string_view> find_field(const HttpHead& head,
                                                         std::string_view name);
[[nodiscard]] bool has_field(const HttpHead& head, std::string_view name);

}  // namespace vmodem::app
