// The live window for browsers: a page, and for it the control interface. The page is for who knows
// the word of this run; its files hold nothing of the modem, so they are for everybody who may
// call.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "firmware/app/control/gate.h"
#include "firmware/app/http/http.h"

namespace vmodem::app {

class Window final : public HttpHandler {
 public:
  // `page` and `behind`, which asks for the word of `gate` by itself, outlive it.
  Window(std::span<const HttpFile> page, Gate gate, HttpHandler& behind)
      : page_(page), gate_(std::move(gate)), behind_(behind) {}

  [[nodiscard]] std::optional<HttpAnswer> refuse(const HttpHead& head) noexcept override;
  [[nodiscard]] HttpAnswer handle(const HttpHead& head, std::string_view body) noexcept override;

 private:
  // A file that is asked for by its name; null: something else is.
  [[nodiscard]] const HttpFile* find_file(const HttpHead& head) const;

  std::span<const HttpFile> page_;
  Gate gate_;
  HttpHandler& behind_;  // the control interface
};

}  // namespace vmodem::app
