#include "spectra/io/mapped_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace singel::spectra::io {
namespace {

core::Fault fault_of(int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR: return core::Fault::not_found;
        case EACCES:
        case EPERM:
        case EROFS: return core::Fault::permission_denied;
        case ENOSPC:
        case EDQUOT:
        case EFBIG: return core::Fault::disk_full;
        default: return core::Fault::input_output;
    }
}

}  // namespace

tl::unexpected<core::Error> system_failure(int error, std::string_view action, const std::filesystem::path& file) {
    const core::Fault fault = fault_of(error);
    return core::failure(fault,
                         fmt::format("could not {} the file: {}", action, std::generic_category().message(error)),
                         file.string(), fault == core::Fault::disk_full ? "make room and try again" : "");
}

core::Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& file) {
    // Without O_NONBLOCK a named pipe would hold us until somebody writes to it.
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return system_failure(errno, "open", file);
    struct stat status = {};
    const int told = ::fstat(descriptor, &status);
    const int error = errno;
    const auto size = static_cast<std::size_t>(status.st_size);
    if (told != 0 || !S_ISREG(status.st_mode) || size == 0) {
        ::close(descriptor);
        if (told != 0) return system_failure(error, "look at", file);
        return core::failure(core::Fault::wrong_format, size == 0 ? "the file is empty" : "this is no regular file",
                             file.string());
    }
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int map_error = errno;
    ::close(descriptor);
    if (address == MAP_FAILED) return system_failure(map_error, "map", file);
    return std::shared_ptr<const MappedFile>(new MappedFile(static_cast<const std::byte*>(address), size));
}

MappedFile::~MappedFile() {
    ::munmap(const_cast<std::byte*>(data_), size_);
}

}  // namespace singel::spectra::io
