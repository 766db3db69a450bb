#include "firmware/library/c_face.h"

#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "firmware/library/module.h"
#include "firmware/library/settings.h"

using vmodem::library::Module;
using vmodem::library::Question;
using vmodem::library::QuestionKind;
using vmodem::library::SentDatagram;

// A module and what its caller has borrowed.
struct vmodem_of_c {
  explicit vmodem_of_c(vmodem::app::Config config) : module(std::move(config)) {}

  Module module;
  std::optional<SentDatagram> datagram{};
  std::optional<Question> question{};
  std::string entry{};
};

namespace {

std::string_view view(const char* text) {
  return text != nullptr ? std::string_view(text) : std::string_view();
}

vmodem::ByteView view(const void* octets, std::size_t size) {
  if (octets == nullptr) return {};
  return {static_cast<const std::uint8_t*>(octets), size};
}

// Without memory for it there is none.
void give(char** to, std::string_view text) {
  if (to == nullptr) return;
  auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy != nullptr) {
    text.copy(copy, text.size());
    copy[text.size()] = '\0';
  }
  *to = copy;
}

void give_nothing(char** to) {
  if (to != nullptr) *to = nullptr;
}

// What a C caller hears of an exception: there is no memory, for nothing else is thrown.
template <class Run, class Value>
Value guarded(Value otherwise, const Run& run) noexcept {
  try {
    return run();
  } catch (const std::exception&) {
    return otherwise;
  }
}

vmodem_question to_c(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::kName:
      return VMODEM_NAME;
    case QuestionKind::kPing:
      return VMODEM_PING;
    case QuestionKind::kTime:
      return VMODEM_TIME;
  }
  return VMODEM_NAME;
}

}  // namespace

extern "C" {

const char* vmodem_version(void) {
  return VMODEM_VERSION;
}

void vmodem_free(char* text) {
  std::free(text);
}

vmodem_of_c* vmodem_create(const char* configuration, char** error) {
  give_nothing(error);
  constexpr vmodem_of_c* kNone = nullptr;
  auto* made = guarded(kNone, [&] {
    auto settings = vmodem::library::read_settings(view(configuration));
    if (settings) return new vmodem_of_c(std::move(*settings));
    give(error, to_string(settings.error()));
    return kNone;
  });
  if (made == nullptr && error != nullptr && *error == nullptr) give(error, "no memory");
  return made;
}

void vmodem_destroy(vmodem_of_c* modem) {
  delete modem;
}

size_t vmodem_feed(vmodem_of_c* modem, vmodem_instant now, const void* octets, size_t size) {
  if (modem == nullptr) return 0;
  return guarded(size_t{0}, [&] { return modem->module.feed(now, view(octets, size)); });
}

size_t vmodem_take(vmodem_of_c* modem, void* octets, size_t size) {
  if (modem == nullptr || octets == nullptr) return 0;
  return guarded(size_t{0}, [&] {
    return modem->module.take({static_cast<std::uint8_t*>(octets), size});
  });
}

vmodem_instant vmodem_deadline(const vmodem_of_c* modem) {
  if (modem == nullptr) return VMODEM_NEVER;
  const auto due = modem->module.deadline();
  return due ? due->time_since_epoch().count() : VMODEM_NEVER;
}

void vmodem_advance(vmodem_of_c* modem, vmodem_instant now) {
  if (modem == nullptr) return;
  (void)guarded(false, [&] {
    modem->module.advance(now);
    return true;
  });
}

bool vmodem_perform(vmodem_of_c* modem, vmodem_instant now, const char* fault, char** error) {
  give_nothing(error);
  if (modem == nullptr) return false;
  return guarded(false, [&] {
    const auto performed = modem->module.perform(now, view(fault));
    if (!performed) give(error, performed.error());
    return performed.has_value();
  });
}

int vmodem_request(vmodem_of_c* modem, vmodem_instant now, const char* method, const char* target,
                   const char* body, char** answer) {
  give_nothing(answer);
  if (modem == nullptr) return 0;
  return guarded(0, [&] {
    const auto response = modem->module.request(now, view(method), view(target), view(body));
    give(answer, response.body);
    return response.status;
  });
}

const char* vmodem_journal(vmodem_of_c* modem) {
  if (modem == nullptr) return nullptr;
  constexpr const char* kNone = nullptr;
  return guarded(kNone, [&] {
    auto entry = modem->module.take_entry();
    if (!entry) return kNone;
    modem->entry = std::move(*entry);
    return modem->entry.c_str();
  });
}

bool vmodem_take_datagram(vmodem_of_c* modem, vmodem_datagram* datagram) {
  if (modem == nullptr || datagram == nullptr) return false;
  return guarded(false, [&] {
    modem->datagram = modem->module.take_datagram();
    if (!modem->datagram) return false;
    const auto& [session, host, port, octets] = *modem->datagram;
    *datagram = {session, host.c_str(), port, octets.data(), octets.size()};
    return true;
  });
}

bool vmodem_feed_datagram(vmodem_of_c* modem, vmodem_instant now, uint32_t session,
                          const void* octets, size_t size) {
  if (modem == nullptr) return false;
  return guarded(false,
                 [&] { return modem->module.feed_datagram(now, session, view(octets, size)); });
}

bool vmodem_take_query(vmodem_of_c* modem, vmodem_query* query) {
  if (modem == nullptr || query == nullptr) return false;
  return guarded(false, [&] {
    modem->question = modem->module.take_question();
    if (!modem->question) return false;
    const auto& [number, kind, host] = *modem->question;
    *query = {number, to_c(kind), host.c_str()};
    return true;
  });
}

bool vmodem_answer_query(vmodem_of_c* modem, vmodem_instant now, uint32_t number,
                         const char* answer) {
  if (modem == nullptr) return false;
  return guarded(false, [&] {
    const auto text = answer != nullptr ? std::optional(view(answer)) : std::nullopt;
    return modem->module.answer(now, number, text);
  });
}

}  // extern "C"
