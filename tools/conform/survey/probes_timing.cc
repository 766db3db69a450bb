// Switches that retransmissions show.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "coap_core/codec.h"
#include "firmware/base/duration_text.h"
#include "tools/conform/survey/probe_functions.h"

namespace vmodem::conform::probe {
namespace {

constexpr Duration kTimeout = 2s;  // the least that AT+QCOAPCFG="trans" takes
constexpr Duration kTimeoutMax = 8s;
constexpr std::array<int, 3> kClients{0, 2, 3};
// What ACK_RANDOM_FACTOR can be told to be: chance shows no more.
constexpr std::array<double, 5> kFactors{1.0, 1.5, 2.0, 2.5, 3.0};
constexpr double kLateness = 0.1;  // of a machine in real time, in time-outs
constexpr double kRounding = 1e-6;
constexpr std::string_view kQuestion = "confirmable messages that are acknowledged late";
constexpr std::array<const char*, 3> kKeys{"dialect.ack_random_factor", "dialect.ind_at_send",
                                           "dialect.ack_after_retransmission"};

struct Sent {
  int client;
  std::optional<Instant> heard{};
};

struct Retransmissions {
  std::vector<double> ratios{};  // first time-out by the preset one
  std::optional<bool> is_told_at_send{};
  std::optional<bool> has_ack{};
};

std::size_t parallel_count(const Interview& interview) {
  const auto* known = interview.findings.find("dialect.nstart");
  std::size_t count = 1;
  if (known == nullptr || known->kind != Finding::Kind::kFound) return count;
  std::from_chars(known->value.data(), known->value.data() + known->value.size(), count);
  return count;
}

class Sampling {
 public:
  explicit Sampling(Interview& interview) : interview_(interview) {}

  std::optional<Retransmissions> run() {
    for (const int client : kClients) {
      if (!interview_.has_session(client)) return std::nullopt;
      (void)interview_.dialogue.ask(fmt::format("AT+QCOAPCFG=\"trans\",{},2,4", client));
    }
    interview_.dialogue.drop_datagrams(kServer);
    while (seen_.ratios.size() < interview_.meeting.sample_count) {
      send_more();
      const auto datagram = interview_.dialogue.await_datagram(kServer, kTimeoutMax);
      if (!datagram) return std::nullopt;
      take(*datagram);
    }
    return seen_;
  }

 private:
  void send_more() {
    for (const int client : kClients) {
      auto out = std::ranges::count_if(
          sent_, [&](const auto& one) { return one.second.client == client; });
      for (; out < static_cast<std::ptrdiff_t>(parallel_count(interview_)) &&
             begun_ < interview_.meeting.sample_count;
           ++out, ++begun_) {
        const auto id = interview_.preset(client);
        sent_.emplace(id, Sent{client});
        (void)interview_.post(client, coap::Type::kConfirmable, 1, 0);
      }
    }
  }
  void take(const HeardDatagram& datagram) {
    const auto message = coap::decode(datagram.octets);
    if (!message) return;
    const auto id = message->message_id;
    const auto sent = sent_.find(id);
    if (sent == sent_.end()) return;
    auto& [client, heard] = sent->second;
    if (!heard) {
      heard = datagram.at;
      return;
    }
    seen_.ratios.push_back(std::chrono::duration<double>(datagram.at - *heard) / kTimeout);
    finish(client, id);
    sent_.erase(sent);
  }
  // Acknowledges; the first time what is told of it is heard too.
  void finish(int client, std::uint16_t id) {
    auto& dialogue = interview_.dialogue;
    const auto ind = fmt::format("+QCOAPIND: {},0,{},1,", client, id);
    const auto ack = fmt::format("+QCOAPACK: {},0,{},0", client, id);
    const bool is_first = !seen_.is_told_at_send;
    if (is_first) {
      (void)dialogue.ask("AT");
      seen_.is_told_at_send = dialogue.await_line(ind, Duration::zero()).has_value();
    }
    interview_.say({.type = coap::Type::kAcknowledgement, .message_id = id});
    if (!is_first) return;
    if (!*seen_.is_told_at_send && !dialogue.await_line(ind)) seen_.is_told_at_send.reset();
    (void)dialogue.ask("AT");
    seen_.has_ack = dialogue.await_line(ack, dialogue.patience().silence).has_value();
  }

  Interview& interview_;
  Retransmissions seen_;
  std::map<std::uint16_t, Sent> sent_;
  std::size_t begun_ = 0;
};

// The least that allows for what was seen; in real time one time-out may have been seen late.
Finding factor_of(const Interview& interview, std::vector<double> ratios) {
  std::ranges::sort(ratios);
  const auto answer = fmt::format("{} first time-outs of {:.3f} to {:.3f} times {}", ratios.size(),
                                  ratios.front(), ratios.back(), duration_text(kTimeout));
  const bool is_real = !interview.meeting.is_virtual;
  const auto longest =
      is_real && ratios.size() > 1 ? ratios[ratios.size() - 2] - kLateness : ratios.back();
  const auto* factor =
      std::ranges::find_if(kFactors, [&](double one) { return one >= longest - kRounding; });
  const std::string question(kQuestion);
  if (factor == kFactors.end() || ratios.front() < 1 - kLateness) {
    return unexplained(question, answer, "1 to 3 times 2s");
  }
  return found(fmt::format("{:.1f}", *factor), question, answer);
}

void ask_retransmissions(Interview& interview) {
  auto& switches = interview.findings.switches;
  const std::string question(kQuestion);
  const auto seen = Sampling(interview).run();
  if (!seen) {
    for (const auto* key : kKeys) switches[key] = unanswered(question, "no retransmission came");
    return;
  }
  switches[kKeys[0]] = factor_of(interview, seen->ratios);
  const auto told = seen->is_told_at_send;
  switches[kKeys[1]] = choose(question,
                              !told   ? "no +QCOAPIND"
                              : *told ? "+QCOAPIND before the acknowledgement"
                                      : "+QCOAPIND behind the acknowledgement",
                              {{"true", "+QCOAPIND before the acknowledgement"},
                               {"false", "+QCOAPIND behind the acknowledgement"}});
  switches[kKeys[2]] =
      choose(question, seen->has_ack.value_or(false) ? "+QCOAPACK" : "no +QCOAPACK",
             {{"true", "+QCOAPACK"}, {"false", "no +QCOAPACK"}});
}

Finding of_retransmissions(Interview& interview, std::string_view key) {
  if (interview.findings.find(key) == nullptr) ask_retransmissions(interview);
  return interview.findings.switches[std::string(key)];
}

}  // namespace

Finding ack_random_factor(Interview& interview) {
  return of_retransmissions(interview, kKeys[0]);
}

Finding ind_at_send(Interview& interview) {
  return of_retransmissions(interview, kKeys[1]);
}

Finding ack_after_retransmission(Interview& interview) {
  return of_retransmissions(interview, kKeys[2]);
}

}  // namespace vmodem::conform::probe
