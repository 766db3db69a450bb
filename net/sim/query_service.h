// Names, pings and the time of day: what the internet answers besides CoAP.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "net/sim/description/world.h"
#include "net/sim/server/schedule.h"

namespace vmodem::sim {

// Given by whoever asks, and given back with the answer.
enum class QueryId : std::uint32_t {};

struct NameQuery {
  std::string name;  // an address in text is its own answer
};
struct PingQuery {
  net::IpAddress address;
  std::size_t size = 32;
};
struct TimeQuery {
  net::IpAddress address;
  std::uint16_t port = 123;  // RFC 5905 §7.2: nobody answers on another
};
using Query = std::variant<NameQuery, PingQuery, TimeQuery>;

struct NameAnswer {
  std::vector<net::IpAddress> addresses;  // none: the name does not resolve
  std::chrono::seconds ttl{};
};
struct PingAnswer {
  net::IpAddress address;
  std::size_t size = 0;
  std::uint8_t ttl = 0;
};
struct TimeAnswer {
  CalendarTime time;
};
struct QueryAnswer {
  QueryId id;
  std::variant<NameAnswer, PingAnswer, TimeAnswer> answer;
};

class QueryService {
 public:
  // More queries at once than this stay unanswered.
  static constexpr std::size_t kPendingMax = 4096;

  // Both borrowed for the lifetime of the service.
  QueryService(const WorldConfig& config, Schedule& schedule);

  // A query that nobody answers is forgotten at once: how long to wait is the asker's affair.
  void handle_query(Instant now, QueryId id, const Query& query);
  void handle_job(Instant now, const Job& job);
  [[nodiscard]] std::optional<QueryAnswer> poll_answer();

  // A name that no host has does not resolve, or is not answered either.
  void set_name_outcome(std::string_view name, NameOutcome outcome);
  void set_every_name_outcome(NameOutcome outcome);
  // As one of the two set it last, of names that no host has, too: for who resolves them itself.
  [[nodiscard]] NameOutcome name_fault(std::string_view name) const;
  [[nodiscard]] bool knows(std::string_view name) const;
  [[nodiscard]] bool has_host(const net::IpAddress& address) const {
    return find(address) != nullptr;
  }

 private:
  struct Planned {
    Duration delay;
    decltype(QueryAnswer::answer) answer;
  };

  [[nodiscard]] std::optional<Planned> plan(const NameQuery& query) const;
  [[nodiscard]] std::optional<Planned> plan(const PingQuery& query) const;
  [[nodiscard]] std::optional<Planned> plan(const TimeQuery& query) const;
  [[nodiscard]] const HostConfig* find(const net::IpAddress& address) const;
  // Which of hosts_ has the name, or the wildcard that stands for it (RFC 4592).
  [[nodiscard]] std::optional<std::size_t> find_name(std::string_view name) const;

  const WorldConfig& config_;
  Schedule& schedule_;
  std::vector<HostConfig> hosts_;  // the outcomes change
  std::unordered_map<std::string, std::size_t> names_;  // "*.pool.ntp.org" for all below it
  NameOutcome fault_ = NameOutcome::kResolves;  // of every name that is not in faults_
  std::unordered_map<std::string, NameOutcome> faults_;
  std::unordered_map<std::uint64_t, QueryAnswer> pending_;
  std::uint64_t next_pending_ = 0;
  std::deque<QueryAnswer> answers_;
};

}  // namespace vmodem::sim
