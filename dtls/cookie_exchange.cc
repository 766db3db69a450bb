#include "dtls/cookie_exchange.h"

#include <algorithm>

namespace vmodem::dtls {

CookieExchange::Verdict CookieExchange::judge(ByteView received) {
  while (const auto record = next_record(received)) {
    if (record->is_clear_handshake(HandshakeType::kServerHello)) is_over_ = true;
    if (is_over_) return Verdict::kTake;
    if (const auto cookie = hello_verify_cookie(*record)) return judge_request(*record, *cookie);
  }
  return Verdict::kTake;
}

CookieExchange::Verdict CookieExchange::judge_request(const Record& request, ByteView cookie) {
  ++try_.verify_requests;
  if (!try_.cookie) {
    try_.cookie.emplace(cookie.begin(), cookie.end());
    return Verdict::kTake;
  }
  // RFC 6347 §4.2.1: it bears the record number of the ClientHello that it answers. A late answer
  // to a repeated first ClientHello refuses nothing.
  const bool answers_second = try_.second_hello && request.number >= *try_.second_hello;
  if (!answers_second && try_.verify_requests <= try_.first_hellos) return Verdict::kTake;
  was_refused_ = was_refused_ || answers_second;
  if (std::ranges::equal(cookie, *try_.cookie)) return Verdict::kTake;

  was_refused_ = true;
  if (restarts_ == kRestartsMax) return Verdict::kIgnore;
  ++restarts_;
  try_ = {};
  return Verdict::kRestart;
}

void CookieExchange::note_sent(ByteView datagram) {
  while (const auto record = next_record(datagram)) {
    const auto cookie = client_hello_cookie(*record);
    if (!cookie) continue;
    if (cookie->empty()) {
      ++try_.first_hellos;
    } else if (!try_.second_hello) {
      try_.second_hello = record->number;
    }
  }
}

}  // namespace vmodem::dtls
