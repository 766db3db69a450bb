// A run as entries, one after the other, and what is found in it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware/lint/lint.h"

namespace vmodem::lint {

struct Line {
  std::string_view text;
  std::string_view result = "OK";  // empty: none comes
  std::optional<Duration> early{};
  std::optional<Duration> response_time = 300ms;
  std::string_view evidence = "documented";
};

class Run {
 public:
  template <class Kind>
  journal::Number tell(Kind event, journal::Number because = 0) {
    lint_.handle({++number_, now, because, std::move(event)});
    collect();
    return number_;
  }
  // A command line, and its final result.
  journal::Number line(const Line& line) {
    const auto number = tell(journal::LineCommand{std::string(line.text), line.early,
                                                  line.response_time, line.evidence});
    if (!line.result.empty()) tell(journal::LineResult{std::string(line.result)}, number);
    return number;
  }
  void urc(std::string_view text) { tell(journal::LineUrc{std::string(text), 0}); }
  // Client 0, as a host that waits.
  void open() {
    const auto by = line({.text = "AT+QCOAPOPEN=0,\"coap.sim\",5683"});
    tell(journal::ClientStatusChanged{0, 1}, by);
    tell(journal::ClientStatusChanged{0, 3}, by);
    urc("+QCOAPOPEN: 0,0");
  }
  void end() {
    lint_.end(now);
    collect();
  }

  // Skips entries, as a journal of which the beginning is lost.
  void skip(journal::Number count) { number_ += count; }

  Instant now{1s};
  std::vector<std::string> found{};  // the rules
  std::vector<journal::Critic::Finding> findings{};

 private:
  void collect() {
    while (auto finding = lint_.poll_finding()) {
      found.emplace_back(finding->what.rule);
      findings.push_back(std::move(*finding));
    }
  }

  Lint lint_;
  journal::Number number_ = 0;
};

using Rules = std::vector<std::string>;

}  // namespace vmodem::lint
