// The commands on whole files (FILE95 §2.2.1–2.2.5, §2.2.12–2.2.13; quectel-at.md §9).
#include <fmt/format.h>

#include "at_engine/text.h"
#include "firmware/commands/files/error.h"
#include "firmware/commands/files/tables.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr std::size_t kAcknowledgedBlock = 1024;
constexpr std::int64_t kSizeMax = 0x7FFFFFFF;

// Longer names than UFS takes get their own error, so the table lets them through.
constexpr TextParam kStorage{"name_pattern", {.size_max = 255, .sample = "UFS"}};
constexpr TextParam kPattern{"name_pattern", {.size_max = 255, .sample = "*"}};
constexpr TextParam kFileName{"filename", {.size_max = 255, .sample = "*"}};
constexpr TextParam kName{"filename", {.size_max = 255, .sample = "no_such_file"}};
constexpr auto kUploadSize = IntParam<std::size_t>("file_size", 1, kSizeMax).by_default(10240);
constexpr auto kIdleTime = IntParam<>("timeout", 1, 65535).by_default(5);
constexpr auto kAckMode = IntParam<>("ackmode", {0, 1}).by_default(0);
constexpr TextParam kSource{"src_file", {.size_max = 255, .sample = "no_such_file"}};
constexpr TextParam kTarget{"dest_file", {.size_max = 255, .sample = "target"}};
constexpr auto kOverwrite = IntParam<>("enable", {0, 1}).by_default(0);

Outcome show_space(Services& services, Instant, const Arguments& args) {
  if (!at::equals_ignoring_case(args.get(kStorage), "UFS")) {
    return at::error(file_cme::kDiskInfoFailed);
  }
  const auto space = services.files.space();
  if (!space) return failure(space.error(), file_cme::kDiskInfoFailed);
  return at::ok(fmt::format("+QFLDS: {},{}", space->free, space->total));
}

Outcome show_usage(Services& services, Instant, const Arguments&) {
  const auto usage = services.files.usage();
  if (!usage) return failure(usage.error(), file_cme::kDiskInfoFailed);
  return at::ok(fmt::format("+QFLDS: {},{}", usage->size, usage->file_count));
}

Outcome list(Services& services, std::string_view pattern) {
  const auto files = services.files.list(pattern);
  if (!files) {
    // Hosts take any error for "not there", but only this number was ever seen (quectel-at.md §9.2).
    if (files.error() == ufs::Error::kNotFound) return at::error(file_cme::kListFailed);
    return failure(files.error(), file_cme::kListFailed);
  }
  Response response;
  for (const auto& file : *files) {
    response.lines.push_back(fmt::format("+QFLST: \"{}\",{}", file.name.spelling(), file.size));
  }
  return response;
}

Outcome list_some(Services& services, Instant, const Arguments& args) {
  return list(services, args.get(kPattern));
}

Outcome list_all(Services& services, Instant, const Arguments&) { return list(services, "*"); }

Outcome remove_files(Services& services, Instant, const Arguments& args) {
  const auto removed = services.files.remove(args.get(kFileName));
  if (!removed) return failure(removed.error(), file_cme::kDeleteFailed);
  return at::ok();
}

Response store_upload(Services& services, const std::string& name, const DataInput& input) {
  if (input.octets.empty() && input.end == DataEnd::kIdle) return at::error(file_cme::kTimeout);

  const auto stored = services.files.create_file(name, input.octets);
  if (!stored) return failure(stored.error(), file_cme::kWriteFailed);
  // AT95 7.5: "+++" cuts the upload off before its own answer; what arrived stays.
  if (input.end == DataEnd::kEscapeSequence && !services.config.dialect.report_cut_upload) {
    return at::ok();
  }
  return at::ok(fmt::format("+QFUPL: {},{}", input.octets.size(),
                            ufs::to_checksum_text(ufs::transfer_checksum(input.octets))));
}

Outcome upload(Services& services, Instant, const Arguments& args) {
  const std::string name(args.get(kName));
  const auto announced = args.find(kUploadSize).value_or(0);
  const auto allowed = services.files.check_upload(name, announced);
  if (!allowed) return failure(allowed.error(), file_cme::kWriteFailed);

  return DataMode{
      .prompt = DataMode::Prompt::kConnect,
      .size = args.get(kUploadSize),
      .idle_timeout = std::chrono::seconds(args.get(kIdleTime)),
      .acknowledge_every = args.get(kAckMode) == 1 ? kAcknowledgedBlock : 0,
      .escape_sequence = true,
      .on_data = [name](Services& at_end, Instant, const DataInput& input) {
        return store_upload(at_end, name, input);
      }};
}

Outcome download(Services& services, Instant, const Arguments& args) {
  auto content = services.files.read_file(args.get(kName));
  if (!content) return failure(content.error(), file_cme::kReadFailed);

  const auto checksum = ufs::to_checksum_text(ufs::transfer_checksum(*content));
  return Response{.lines = {fmt::format("+QFDWL: {},{}", content->size(), checksum)},
                  .download = at::Download{"CONNECT", std::move(*content)}};
}

Outcome show_crc(Services& services, Instant, const Arguments& args) {
  const auto crc = services.files.crc(args.get(kName));
  if (!crc) return failure(crc.error(), file_cme::kReadFailed);
  return at::ok(fmt::format("+QFCRC: {:x},{:x},{:x}", crc->crc32, crc->crc16, crc->crc16_ccitt));
}

Outcome copy(Services& services, Instant, const Arguments& args) {
  const auto overwrite = args.get(kOverwrite) == 1 ? ufs::Overwrite::kYes : ufs::Overwrite::kNo;
  const auto copied = services.files.copy(args.get(kSource), args.get(kTarget), overwrite);
  if (!copied) return failure(copied.error(), file_cme::kWriteFailed);
  return at::ok();
}

constexpr CommandSpec kFileCommands[] = {
    {.name = "+QFCPY", .summary = "Copy a file", .write = {kSource, kTarget, kOverwrite},
     .optional = 1, .test = "+QFCPY: <src_file>,<dest_file>[,<enable>]", .on_write = copy,
     .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2"},
    {.name = "+QFCRC", .summary = "Check values of a file", .write = {kName},
     .on_write = show_crc, .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2",
     .evidence = Evidence::kInferred},
    {.name = "+QFDEL", .summary = "Delete one file or all", .write = {kFileName},
     .on_write = remove_files, .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.3"},
    {.name = "+QFDWL", .summary = "Download a file", .write = {kName}, .on_write = download,
     .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.5"},
    {.name = "+QFLDS", .summary = "Space of the storage, or what files take", .write = {kStorage},
     .test = at::kTestAnswersOk, .on_write = show_space, .on_execute = show_usage,
     .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.1"},
    {.name = "+QFLST", .summary = "List files", .write = {kPattern}, .test = at::kTestAnswersOk,
     .on_write = list_some, .on_execute = list_all, .bad_value = file_cme::kInvalidInput,
     .source = "FILE95 §2.2.2"},
    {.name = "+QFUPL", .summary = "Upload a file", .write = {kName, kUploadSize, kIdleTime, kAckMode},
     .optional = 3, .test = "+QFUPL: <filename>[,(1-<freesize>)[,(1-65535)[,(0,1)]]]",
     .on_write = upload, .bad_value = file_cme::kInvalidInput, .source = "FILE95 §2.2.4",
     .evidence = Evidence::kCaptured},
};
static_assert(at::is_sorted_by_name(kFileCommands));

}  // namespace

std::span<const CommandSpec> file_commands() { return kFileCommands; }

}  // namespace vmodem::firmware
