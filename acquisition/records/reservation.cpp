#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include "acquisition/records/store.hpp"

namespace singel::acquisition::records {

namespace core = spectra::core;

std::uint64_t space_for(std::size_t frames, std::size_t pixels) {
    constexpr std::uint64_t result_text = 256 << 10, database_overhead = 512 << 10;
    const std::uint64_t arrays = frames * (4 * pixels + 256) + 5 * 8 * pixels;
    return 2 * (arrays + result_text) + database_overhead;  // once in the journal, once in the file
}

Reservation::Reservation(const std::filesystem::path& folder, std::uint64_t bytes) {
    // Without a name from the start, so that even a killed program leaves nothing behind.
    std::string name = (folder / "reserved.XXXXXX").string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ >= 0) ::unlink(name.c_str());
    const int code = descriptor_ < 0 ? errno : ::posix_fallocate(descriptor_, 0, static_cast<off_t>(bytes));
    if (code == 0) return;
    release();
    const bool full = code == ENOSPC || code == EFBIG || code == EDQUOT;
    throw core::Failure(full ? core::Fault::disk_full : core::Fault::permission_denied,
                        full
                            ? "the disk has no room for another sample"
                            : "the folder of the records cannot be written: " + std::generic_category().message(code),
                        folder.string(), full ? "Free some space, then measure." : "Choose another with --store.");
}

Reservation::~Reservation() {
    release();
}

void Reservation::release() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

}  // namespace singel::acquisition::records
