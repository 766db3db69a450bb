#include "firmware/coap/clients.h"

#include <utility>

namespace vmodem::firmware {
namespace {

template <std::size_t... kIndex>
std::array<CoapClient, kClientCount> make_clients(CoapNews& news, const Dialect& dialect,
                                                  RandomSource& random,
                                                  std::index_sequence<kIndex...>) {
  return {CoapClient(ClientId{kIndex}, news, dialect, random)...};
}

}  // namespace

CoapClients::CoapClients(const Dialect& dialect, RandomSource& random, journal::Journal& journal,
                         dtls::SessionSource* sessions)
    : news_{.journal = journal, .sessions = sessions, .events = {}, .busy = {}},
      clients_(make_clients(news_, dialect, random, std::make_index_sequence<kClientCount>{})) {
}

CoapClient* CoapClients::find(TransportId transport) {
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    if (news_.busy[i] && clients_[i].transport() == transport) return &clients_[i];
  }
  return nullptr;
}

bool CoapClients::is_waiting_for_peer() const {
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    if (news_.busy[i] && clients_[i].is_waiting_for_peer()) return true;
  }
  return false;
}

void CoapClients::reset() {
  for (auto& client : clients_) client.reset();
  news_.events.clear();
}

void CoapClients::handle_line_end() {
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    if (news_.busy[i]) clients_[i].handle_line_end();
  }
}

void CoapClients::handle_timeout(Instant now) {
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    if (news_.busy[i]) clients_[i].handle_timeout(now);
  }
}

std::optional<Instant> CoapClients::poll_timeout() const {
  std::optional<Instant> deadline;
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    if (news_.busy[i]) deadline = earliest(deadline, clients_[i].poll_timeout());
  }
  return deadline;
}

}  // namespace vmodem::firmware
