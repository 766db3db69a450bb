// What the host did wrong, or riskily: a reader of the journal that judges, by rules which name
// their clause and their cure. It keeps a bounded number of small facts, whatever the journal says.
//
// In:  entries, in their order, and the end of the run.
// Out: findings, each with the entry that it concerns.
#pragma once

#include <optional>

#include "firmware/journal/journal.h"
#include "firmware/lint/dialogue.h"
#include "firmware/lint/exchanges.h"
#include "firmware/lint/findings.h"
#include "firmware/lint/sessions.h"

namespace vmodem::lint {

// Of the entries of one run, live as the journal's critic or from a file. Findings among them are
// passed over.
class Lint final : public journal::Critic {
 public:
  Lint() = default;
  Lint(const Lint&) = delete;  // its parts refer to one another
  Lint& operator=(const Lint&) = delete;

  void handle(const journal::Entry& entry) override;
  void end(Instant now) override;
  [[nodiscard]] std::optional<Finding> poll_finding() override { return findings_.poll(); }

 private:
  bool is_begun_ = false;
  Findings findings_;
  Dialogue dialogue_{findings_};
  Sessions sessions_{findings_};
  Exchanges exchanges_{findings_};
};

}  // namespace vmodem::lint
