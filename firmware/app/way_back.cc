#include "firmware/app/way_back.h"

#include <utility>

#include "firmware/app/replay.h"
#include "firmware/base/duration_text.h"

namespace vmodem::app {

void WayBack::set_observers(std::vector<JournalReader*> readers, control::Api& api) {
  readers_ = std::move(readers);
  api_ = &api;
}

Expected<void, std::string> WayBack::go_back(Instant now, Duration by) {
  if (!run_.objection.empty()) return unexpected(run_.objection);
  if (by > now.time_since_epoch()) {
    return unexpected("the run is only " + duration_text(now.time_since_epoch()) + " long");
  }
  run_.record.flush();
  if (run_.record.is_waiting() || !run_.record.is_whole()) {
    return unexpected(std::string("the record is not whole: there was no room for it"));
  }
  auto record = load_record(run_.record_path);
  if (!record) return unexpected(std::move(record.error()));
  if (!record->sessions.empty()) {
    return unexpected(
        std::string("there was a DTLS session with a real peer, whose keys are in no record"));
  }
  record->cut(now - by);
  target_ = {now - by, std::move(*record)};
  return {};
}

Expected<Past::Arrival, std::string> WayBack::go() {
  const auto target = std::exchange(target_, std::nullopt);
  const auto& record = target->record;
  if (!run_.record.cut(record.ends.back())) {
    return unexpected("record " + run_.record_path + ": it cannot be cut to go back");
  }
  auto stores = make_stores(record.header);
  if (!stores) return unexpected(std::move(stores.error()));
  run_.network.close_all();
  run_.machine.make(std::move(*stores));
  api_->begin_again();
  for (auto* reader : readers_) reader->forget();
  auto played = play_record(record, std::nullopt, run_.machine.testbed(), run_.network, *api_,
                            [&](const journal::Entry& entry) {
                              for (auto* reader : readers_) reader->recall(entry);
                            });
  if (!played) return played;
  run_.clock.set_now(target->at);
  return Arrival{target->at, played->is_on};
}

}  // namespace vmodem::app
