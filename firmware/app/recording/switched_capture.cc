#include "firmware/app/recording/switched_capture.h"

#include <utility>

namespace vmodem::app {

Expected<void, std::string> SwitchedCapture::begin(const std::string& file) {
  auto opened = CaptureFile::open(file, start_);
  if (!opened) return unexpected(std::move(opened.error()));
  file_.emplace(std::move(*opened));
  return {};
}

bool SwitchedCapture::end() {
  if (!file_) return false;
  file_->flush();
  file_.reset();
  return true;
}

void SwitchedCapture::handle(const journal::Entry& entry) {
  if (file_) file_->handle(entry);
}

void SwitchedCapture::flush() {
  if (file_) file_->flush();
}

}  // namespace vmodem::app
