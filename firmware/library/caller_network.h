// The network where it is the caller's own: what the modem sends and asks there waits until the
// caller takes it, and what the caller says becomes news for the modem.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "firmware/action.h"
#include "firmware/base/queue.h"
#include "firmware/network_event.h"

namespace vmodem::library {

struct SentDatagram {
  std::uint32_t session;
  std::string host;
  std::uint16_t port;
  Bytes octets;
};

enum class QuestionKind : std::uint8_t { kName, kPing, kTime };
struct Question {
  std::uint32_t number;
  QuestionKind kind;
  std::string host;
};

class CallerNetwork {
 public:
  using News = std::optional<firmware::NetworkEvent>;

  // That wait to be taken; beyond it the latest are lost.
  static constexpr std::size_t kDatagramsMax = 1024;
  // What fits in a UDP datagram over IPv4; larger ones are lost.
  static constexpr std::size_t kDatagramSizeMax = 65507;

  // Performs what the modem asks for; the news is for it, at once. A literal address is there; a
  // name is asked for first.
  [[nodiscard]] News perform(const firmware::OpenTransport& open);
  [[nodiscard]] News perform(const firmware::SendDatagram& send);
  [[nodiscard]] News perform(const firmware::CloseTransport& close);
  [[nodiscard]] News perform(const firmware::Query& query);
  [[nodiscard]] News perform(const firmware::CancelQuery& cancel);
  template <class Other>
  [[nodiscard]] News perform(const Other&) {
    return std::nullopt;
  }

  [[nodiscard]] std::optional<SentDatagram> take_datagram() { return sent_.take_front(); }
  [[nodiscard]] bool is_open(std::uint32_t session) const;

  [[nodiscard]] std::optional<Question> take_question() { return questions_.take_front(); }
  // Nothing as `text`: there is no such name, or nobody; empty: it cannot be reached. No news:
  // nobody waits for the answer, or it is none.
  [[nodiscard]] News answer(std::uint32_t number, std::optional<std::string_view> text);

 private:
  struct Session {
    std::string host;
    std::uint16_t port = 0;
    std::optional<std::uint32_t> asked;  // the question for its name that has no answer yet
  };
  // Whose question has no answer yet.
  using Asker = std::variant<firmware::TransportId, firmware::Query>;

  std::uint32_t ask(QuestionKind kind, std::string_view host, Asker asker);
  void forget(std::uint32_t number);
  [[nodiscard]] News open_named(firmware::TransportId transport,
                                std::optional<std::string_view> text);

  std::map<firmware::TransportId, Session> sessions_;
  std::map<std::uint32_t, Asker> askers_;
  Queue<SentDatagram> sent_;
  Queue<Question> questions_;  // that nobody has taken
  std::uint32_t last_question_ = 0;
};

}  // namespace vmodem::library
