// The journal's entries for whoever asks: as they come (text/event-stream, HTML §9.2), or those
// that there are (a JSON array). A reader that is slower than the journal loses the oldest and is
// told how many.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/app/control/problem.h"
#include "firmware/app/http/http.h"
#include "firmware/base/expected.h"
#include "firmware/journal/journal.h"
#include "firmware/journal/why.h"

namespace vmodem::app {

struct EventQuery {
  std::optional<journal::Number> since;  // nothing: from the first that is kept
  journal::Kinds kinds = journal::Journal::everything();
  bool follows = true;
};

// `query` are the parameters of GET /events; the others are the request's fields of these names.
[[nodiscard]] Expected<EventQuery, control::Problem> parse_event_query(
    const std::map<std::string, std::string>& query, std::string_view last_event_id,
    std::string_view accept);

// `ring` outlives the answer.
[[nodiscard]] HttpAnswer answer_events(const journal::Ring& ring, const EventQuery& query);

}  // namespace vmodem::app
