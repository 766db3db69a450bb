#include "net/sim/query_service.h"

#include <algorithm>
#include <utility>

#include "firmware/base/check.h"
#include "net/sim/site/calendar.h"

namespace vmodem::sim {
namespace {

// RFC 4343: names are compared without regard to case. A final dot changes nothing.
std::string folded(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  std::string text(name);
  for (auto& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

QueryService::QueryService(const WorldConfig& config, Schedule& schedule)
    : config_(config), schedule_(schedule), hosts_(config.hosts) {
  for (std::size_t i = 0; i < hosts_.size(); ++i) {
    for (const auto& name : hosts_[i].names) names_[folded(name)] = i;
  }
}

void QueryService::handle_query(Instant now, QueryId id, const Query& query) {
  auto planned = std::visit([&](const auto& one) { return plan(one); }, query);
  if (!planned || pending_.size() >= kPendingMax) return;

  const auto number = next_pending_++;
  pending_.emplace(number, QueryAnswer{id, std::move(planned->answer)});
  schedule_.add(now + planned->delay, {.kind = JobKind::kAnswer, .subject = number});
}

void QueryService::handle_job(Instant now, const Job& job) {
  auto node = pending_.extract(job.subject);
  BG_CHECK(!node.empty(), "each job has its answer");
  auto& answer = node.mapped();
  // The time is that of the answer, not of the question.
  if (auto* const time = std::get_if<TimeAnswer>(&answer.answer)) {
    time->time = calendar_time(config_.calendar_start, now);
  }
  if (answers_.size() >= kPendingMax) answers_.pop_front();
  answers_.push_back(std::move(answer));
}

std::optional<QueryAnswer> QueryService::poll_answer() {
  if (answers_.empty()) return std::nullopt;
  auto answer = std::move(answers_.front());
  answers_.pop_front();
  return answer;
}

std::optional<QueryService::Planned> QueryService::plan(const NameQuery& query) const {
  if (const auto address = net::parse_ip_address(query.name)) {
    return Planned{{}, NameAnswer{{*address}, {}}};
  }

  const auto found = find_name(query.name);
  if (!found) {
    if (name_fault(query.name) == NameOutcome::kSilence) return std::nullopt;
    return Planned{config_.unknown_name_delay, NameAnswer{}};
  }

  const auto& host = hosts_[*found];
  switch (host.outcome) {
    case NameOutcome::kResolves:
      return Planned{host.name_delay, NameAnswer{host.addresses, host.name_ttl}};
    case NameOutcome::kNotFound:
      return Planned{host.name_delay, NameAnswer{}};
    case NameOutcome::kSilence:
      break;
  }
  return std::nullopt;
}

std::optional<QueryService::Planned> QueryService::plan(const PingQuery& query) const {
  const auto* const host = find(query.address);
  if (host == nullptr || !host->answers_ping) return std::nullopt;
  return Planned{host->ping_delay,
                 PingAnswer{query.address, query.size, host->ping_ttl}};
}

std::optional<QueryService::Planned> QueryService::plan(const TimeQuery& query) const {
  const auto* const host = find(query.address);
  const bool is_heard = query.port == TimeQuery{}.port;
  if (host == nullptr || !host->answers_time || !is_heard) return std::nullopt;
  return Planned{host->time_delay, TimeAnswer{}};
}

const HostConfig* QueryService::find(const net::IpAddress& address) const {
  const auto host = std::ranges::find_if(hosts_, [&](const HostConfig& one) {
    return std::ranges::find(one.addresses, address) != one.addresses.end();
  });
  return host == hosts_.end() ? nullptr : &*host;
}

std::optional<std::size_t> QueryService::find_name(std::string_view name) const {
  auto text = folded(name);
  auto found = names_.find(text);
  while (found == names_.end()) {
    const auto dot = text.find('.', text.starts_with("*.") ? 2 : 0);
    if (dot == std::string::npos) return std::nullopt;
    text = "*" + text.substr(dot);
    found = names_.find(text);
  }
  return found->second;
}

NameOutcome QueryService::name_fault(std::string_view name) const {
  const auto fault = faults_.find(folded(name));
  return fault == faults_.end() ? fault_ : fault->second;
}

void QueryService::set_name_outcome(std::string_view name, NameOutcome outcome) {
  if (const auto found = find_name(name)) hosts_[*found].outcome = outcome;
  faults_[folded(name)] = outcome;
}

void QueryService::set_every_name_outcome(NameOutcome outcome) {
  for (auto& host : hosts_) host.outcome = outcome;
  faults_.clear();
  fault_ = outcome;
}

bool QueryService::knows(std::string_view name) const {
  return find_name(name).has_value();
}

}  // namespace vmodem::sim
