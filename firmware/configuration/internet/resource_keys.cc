#include <array>

#include "firmware/configuration/internet/keys.h"
#include "firmware/configuration/internet/places.h"
#include "firmware/configuration/texts/internet.h"

namespace vmodem::app {
namespace {

using sim::AnswerConfig;
using sim::ObserveConfig;
using sim::ResourceConfig;

constexpr auto kObserve = &ResourceConfig::observe;

constexpr std::array<std::string_view, 5> kContentWords{"stored", "counter", "clock", "request",
                                                        "links"};
constexpr std::array<std::string_view, 5> kPostWords{"change", "create", "create-child", "process",
                                                     "echo"};
constexpr std::array<std::string_view, 5> kFormWords{"piggybacked", "separate", "silence",
                                                     "ack-only", "reset"};
constexpr std::array<std::string_view, 3> kAnswerTypeWords{"as-request", "con", "non"};
constexpr std::size_t kSegmentsMax = 10;
constexpr std::size_t kRepresentationsMax = 16;
constexpr std::int64_t kUint32Max = 4294967295;
constexpr std::int64_t kCopiesMax = 16;

template <sim::Methods ResourceConfig::* Member>
constexpr ListOf<ResourceConfig> method_list() {
  return {',', allowed_methods, [](ResourceConfig& resource) { resource.*Member = 0; },
          [](ResourceConfig& resource, std::string_view text) {
            const auto code = parse_method(text);
            if (code) resource.*Member |= sim::method(*code);
            return code.has_value();
          },
          [](const ResourceConfig& resource) {
            std::vector<std::string> texts;
            for (unsigned code = 1; code < 32; ++code) {
              const auto method = static_cast<coap::Code>(code);
              if ((resource.*Member & sim::method(method)) != 0) {
                texts.push_back(method_text(method));
              }
            }
            return texts;
          }};
}

constexpr KeyOf<ResourceConfig> kResourceKeys[] = {
    {"methods", method_list<&ResourceConfig::methods>(),
     "The methods that are allowed; others are 4.05."},
    {"content", word<&ResourceConfig::content>(kContentWords),
     "The representations, or the first of them with a count of the changes behind it, the "
     "calendar, the request in words, or the links below this path."},
    {"representations",
     ListField<&ResourceConfig::representations>::of<parse_representation, representation_text>(
         kNoSeparator, allowed_representations, kRepresentationsMax),
     "What is there in each content format; the first answers a request without Accept."},
    {"exists", boolean<&ResourceConfig::exists>(), "Otherwise 4.04 until a PUT creates it."},
    {"permanent", boolean<&ResourceConfig::is_permanent>(),
     "PUT, POST and DELETE succeed and change nothing."},
    {"secured", boolean<&ResourceConfig::is_secured>(), "4.01 without DTLS."},
    {"post", word<&ResourceConfig::post>(kPostWords),
     "POST replaces the content (2.04), tells the location (2.01), makes a resource below this "
     "path (2.01), or has the content or its own payload as its result (2.04)."},
    {"child_methods", method_list<&ResourceConfig::child_methods>(),
     "The methods that the resources allow that POST makes below this path."},
    {"location_path",
     ListField<&ResourceConfig::location_path>::of<parse_segment, same_text>(
         kNoSeparator, allowed_segments, kSegmentsMax),
     "The Location-Path options of 2.01."},
    {"location_query",
     ListField<&ResourceConfig::location_query>::of<parse_segment, same_text>(
         kNoSeparator, allowed_segments, kSegmentsMax),
     "The Location-Query options of 2.01."},
    {"etag", boolean<&ResourceConfig::has_etag>(),
     "There is an ETag, another one for each version of the content."},
    {"max_age", integer<&ResourceConfig::max_age>(0, kUint32Max),
     "The Max-Age option, in seconds; without it there is none."},
    {"listed", boolean<&ResourceConfig::is_listed>(), "It is in /.well-known/core."},
    {"attributes",
     ListField<&ResourceConfig::attributes>::of<parse_attribute, attribute_text>(
         kNoSeparator, allowed_attributes),
     "Its link attributes there."},
    {"observe.offered", boolean<kObserve, &ObserveConfig::is_offered>(), "It can be observed."},
    {"observe.period", duration<kObserve, &ObserveConfig::period>(0s, kDelayMax),
     "Its content changes and observers are told so often; 0s: on change only."},
    {"observe.notification", word<kObserve, &ObserveConfig::notification>(kTypeWords),
     "Notifications are confirmable or not."},
};

constexpr TextOf<AnswerConfig> kMalformationKey{
    allowed_malformation, accept_malformation,
    [](const AnswerConfig& answer) { return malformation_text(answer.malformation); },
    [](AnswerConfig& answer, std::string text) { answer.malformation = malformation_of(text); }};
constexpr TextOf<AnswerConfig> kCodeKey{
    allowed_error_code, accept_error_code,
    [](const AnswerConfig& answer) {
      return answer.code ? coap::to_string(*answer.code) : std::string();
    },
    [](AnswerConfig& answer, std::string text) { answer.code = coap::parse_code(text); }};

constexpr KeyOf<AnswerConfig> kAnswerKeys[] = {
    {"first_request", integer<&AnswerConfig::first_request>(1, kUint32Max),
     "The first request that it is for, of all to this resource, from 1."},
    {"request_count", integer<&AnswerConfig::request_count>(0, kUint32Max),
     "How many requests; 0: all from then on."},
    {"form", word<&AnswerConfig::form>(kFormWords),
     "With the acknowledgement, in a message of its own, not at all, an acknowledgement alone, or "
     "RST."},
    {"type", word<&AnswerConfig::type>(kAnswerTypeWords), "The type of a separate response."},
    {"delay", duration<&AnswerConfig::delay>(0s, kDelayMax), "How long the response takes."},
    {"delay_from_query", boolean<&AnswerConfig::delay_from_query>(),
     "A query in seconds replaces the delay; 0 is 4.00."},
    {"ack_delay", duration<&AnswerConfig::ack_delay>(0s, kDelayMax),
     "How long the acknowledgement takes that comes first or alone."},
    {"acknowledged", boolean<&AnswerConfig::is_acknowledged>(),
     "A separate response follows an acknowledgement."},
    {"copies", integer<&AnswerConfig::copies>(1, kCopiesMax), "How often the answer is sent."},
    {"copy_interval", duration<&AnswerConfig::copy_interval>(0s, kDelayMax),
     "From one copy to the next."},
    {"malformation", kMalformationKey, "What is wrong with its form."},
    {"code", kCodeKey, "This error in place of the answer."},
};

}  // namespace

std::span<const KeyOf<ResourceConfig>> resource_keys() {
  return kResourceKeys;
}

std::span<const KeyOf<AnswerConfig>> answer_keys() {
  return kAnswerKeys;
}

}  // namespace vmodem::app
