// What has happened: why, whether, and what the servers were asked.
#include "firmware/control/route.h"
#include "firmware/control/values.h"
#include "firmware/control/verify/verify.h"
#include "firmware/journal/json.h"
#include "firmware/journal/why.h"

namespace vmodem::control {
namespace {

using journal::Number;
using nlohmann::json;
using enum MemberType;

// The cause that was last comes first where a chain is longer.
constexpr std::size_t kChainMax = 1000;
constexpr std::uint64_t kRequestsMax = 1000;

json entry_of(const journal::Entry& entry) {
  return json::parse(journal::to_json(entry));
}

constexpr Member kWhyMembers[] = {
    member("number", kInteger),
    member("text", kText, "the chain of causes, one line an entry"),
    member("entries", kObject, "the same entries, as docs/journal.md says").list(),
};
constexpr Shape kWhyShape{"Why", "The chain of causes behind an entry.", kWhyMembers};

Answer get_why(Controlled& controlled, const Call& call) {
  const auto& text = call.parameters.at("number");
  const auto number = parse_whole_number(text);
  const auto& ring = controlled.subject.journal;
  if (!number || ring.find(*number) == nullptr) {
    return unexpected(
        Problem{.status = 404,
                .detail = fmt::format("there is no entry {}, or no more", text),
                .field = "number",
                .right = ring.last() == 0 ? "" : fmt::format("{}–{}", ring.first(), ring.last())});
  }
  auto chain = journal::why(ring, *number);
  if (chain.size() > kChainMax) {
    chain.erase(chain.begin(), chain.end() - static_cast<std::ptrdiff_t>(kChainMax));
  }
  auto entries = json::array();
  for (const auto* entry : chain) entries.push_back(entry_of(*entry));
  return json{{"number", *number},
              {"text", journal::why_text(ring, *number)},
              {"entries", std::move(entries)}};
}

constexpr Member kMissMembers[] = {
    member("number", kInteger),
    member("differs", kText, "the fields that are not as expected; none: it came too early").list(),
    member("entry", kObject),
};
constexpr Shape kMissShape{"Miss", "An entry of the right kind that is not it.", kMissMembers};
constexpr Member kVerdictMembers[] = {
    member("ok", kTruth),
    member("matches", kInteger, "numbers of entries, at most 1000").list(),
    member("nearest", kMissShape, "where too few are there: the nearest first").list(),
    member("step", kInteger, "of an order: the first that is missing, from 0").optional(),
    member("is_complete", kTruth, "no entry behind `since` has gone from the journal's memory"),
};
constexpr Shape kVerdictShape{"Verdict", "Whether it is there.", kVerdictMembers};

Answer post_verify(Controlled& controlled, const Call& call) {
  const auto expectation = parse_expectation(call.body);
  if (!expectation) return unexpected(expectation.error());
  const auto& ring = controlled.subject.journal;
  const auto verdict = verify(ring, *expectation);
  auto nearest = json::array();
  for (const auto& miss : verdict.nearest) {
    nearest.push_back({{"number", miss.entry->number},
                       {"differs", miss.differs},
                       {"entry", entry_of(*miss.entry)}});
  }
  const auto since = find_member<std::uint64_t>(call.body, "since").value_or(0);
  return json{{"ok", verdict.is_ok},
              {"matches", verdict.matches},
              {"nearest", std::move(nearest)},
              {"step", or_null(verdict.step)},
              {"is_complete", ring.first() <= since + 1}};
}

constexpr Member kRequestsMembers[] = {
    member("requests", kObject, "entries of the kind server.request").list(),
    member("last", kInteger, "the last entry that was looked at: `since` of the next call"),
};
constexpr Shape kRequestsShape{"Requests", "What the simulated servers were asked.",
                               kRequestsMembers};

Answer get_requests(Controlled& controlled, const Call& call) {
  const auto since = parse_whole_number(call.query("since")).value_or(0);
  auto requests = json::array();
  auto last = since;
  for (const auto& entry : controlled.subject.journal.entries()) {
    if (entry.number <= since) continue;
    if (requests.size() == kRequestsMax) break;
    last = entry.number;
    if (std::holds_alternative<journal::ServerRequest>(entry.event)) {
      requests.push_back(entry_of(entry));
    }
  }
  return json{{"requests", std::move(requests)}, {"last", last}};
}

}  // namespace

void append_journal_routes(std::vector<Route>& routes) {
  routes.push_back({{.method = "GET",
                     .path = "/why/{number}",
                     .summary = "Why an entry of the journal came about.",
                     .answer = &kWhyShape,
                     .problems = {404}},
                    get_why});
  routes.push_back({{.method = "POST",
                     .path = "/verify",
                     .summary = "Whether something is in the journal, so often or in this order.",
                     .body = &expectation_shape(),
                     .answer = &kVerdictShape},
                    post_verify});
  routes.push_back({{.method = "GET",
                     .path = "/requests",
                     .summary = "What the simulated servers were asked, at most 1000 requests.",
                     .answer = &kRequestsShape,
                     .query = {{"since", kInteger, "only entries behind this number"}}},
                    get_requests});
}

}  // namespace vmodem::control
