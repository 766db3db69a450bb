// A resource of a simulated server, as data. Every field maps onto one key of a table of the
// configuration file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coap_core/message.h"
#include "firmware/base/time.h"
#include "net/sim/description/malformation.h"

namespace vmodem::sim {

// One bit per method code.
using Methods = std::uint32_t;
[[nodiscard]] constexpr Methods method(coap::Code code) {
  return Methods{1} << (static_cast<unsigned>(code) & 0x1F);
}
inline constexpr coap::Code kFetch{5};  // RFC 8132
inline constexpr Methods kGet = method(coap::Code::kGet);
inline constexpr Methods kPost = method(coap::Code::kPost);
inline constexpr Methods kPut = method(coap::Code::kPut);
inline constexpr Methods kDelete = method(coap::Code::kDelete);

struct Representation {
  std::optional<std::uint16_t> content_format;
  Bytes payload;
};

enum class Content : std::uint8_t {
  kStored,   // the representations
  kCounter,  // one and the number of changes behind it, until a PUT; several of a format take turns
  kClock,    // the calendar time as libcoap's /time prints it; seconds for the query "ticks"
  kRequest,  // method, message ID, token and queries of the request
  kLinks,    // the link descriptions of all resources below this path (RFC 6690)
};

enum class PostEffect : std::uint8_t {
  kChange,       // 2.04, the payload replaces the content
  kCreate,       // 2.01 with the configured location; nothing comes into being there
  kCreateChild,  // 2.01, the payload becomes a new resource below this path
  kProcess,      // 2.04 with the stored content as the result
  kEcho,         // 2.04 with the payload as the result
};

// A link attribute (RFC 6690 §2).
struct LinkAttribute {
  std::string name;
  std::string value;
  bool is_quoted = true;
};

enum class AnswerForm : std::uint8_t {
  kPiggybacked,  // of a NON request: a NON response
  kSeparate,     // RFC 7252 §5.2.2: the response in a message of its own
  kSilence,      // neither acknowledged nor answered
  kAckOnly,      // acknowledged, never answered
  kReset,
};

enum class AnswerType : std::uint8_t { kAsRequest, kConfirmable, kNonConfirmable };

// How the answers to some of the requests travel. The last that applies counts.
struct AnswerConfig {
  std::uint32_t first_request = 1;  // of this resource, from 1; copies do not count
  std::uint32_t request_count = 0;  // 0: from then on
  AnswerForm form = AnswerForm::kPiggybacked;
  AnswerType type = AnswerType::kAsRequest;  // of a separate response
  Duration delay{};                          // before the response
  bool delay_from_query = false;             // a query in seconds replaces `delay`; 0 is 4.00
  Duration ack_delay{};                      // kSeparate and kAckOnly: before the empty ACK
  bool is_acknowledged = true;               // kSeparate: by an empty ACK first
  std::uint32_t copies = 1;                  // of the answer's datagram, at most 16
  Duration copy_interval{};
  Malformation malformation = Malformation::kNone;
  std::optional<coap::Code> code;  // this error in place of the answer
};

struct ObserveConfig {
  bool is_offered = false;
  Duration period{};  // notifies then, the content counts as changed; 0: on change only
  coap::Type notification = coap::Type::kConfirmable;
};

struct ResourceConfig {
  std::string path;  // "seg1/seg2"; "": the root
  Methods methods = kGet;
  Content content = Content::kStored;
  std::vector<Representation> representations;  // the first answers a request without Accept
  bool exists = true;                           // false: 4.04 until a PUT creates it
  bool is_permanent = false;                    // PUT, POST and DELETE succeed and change nothing
  bool is_secured = false;                      // 4.01 without DTLS
  PostEffect post = PostEffect::kChange;
  Methods child_methods = kGet | kPut | kDelete;  // of what kCreateChild makes
  std::vector<std::string> location_path;         // of 2.01
  std::vector<std::string> location_query;
  bool has_etag = false;                 // another one for each version of the content
  std::optional<std::uint32_t> max_age;  // seconds
  bool is_listed = true;                 // in /.well-known/core
  std::vector<LinkAttribute> attributes;
  ObserveConfig observe;
  std::vector<AnswerConfig> answers;
};

}  // namespace vmodem::sim
