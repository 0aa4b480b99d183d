#include "spectra/io/replace_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "spectra/io/mapped_file.hpp"

namespace singel::spectra::io {
namespace {

using core::Result;

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    int close() { return ::close(std::exchange(fd_, -1)); }

private:
    int fd_;
};

// Removes the temporary file unless it has become the real one.
class Remover {
public:
    explicit Remover(std::filesystem::path path) : path_(std::move(path)) {}
    Remover(const Remover&) = delete;
    Remover& operator=(const Remover&) = delete;
    ~Remover() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    void keep() { path_.clear(); }

private:
    std::filesystem::path path_;
};

Result<void> write_all(int fd, std::span<const std::byte> content, const std::filesystem::path& file) {
    constexpr std::size_t piece = std::size_t{8} << 20;
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), std::min(content.size(), piece));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return system_failure(errno, "write", file);
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> compare(const std::filesystem::path& temporary, std::span<const std::byte> content,
                     const std::filesystem::path& file) {
    const auto mapped = MappedFile::open(temporary);
    if (!mapped) return tl::unexpected(mapped.error());
    if (!std::ranges::equal((*mapped)->bytes(), content))
        return core::failure(core::Fault::input_output, "what was written does not read back the same", file.string(),
                             "the old file is untouched; check the disk");
    return {};
}

Result<void> sync_folder(const std::filesystem::path& folder, const std::filesystem::path& file) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // Some network file systems cannot sync a folder and say EINVAL; there the rename alone must do.
    if (descriptor.get() < 0 || (::fsync(descriptor.get()) != 0 && errno != EINVAL))
        return system_failure(errno, "sync the folder of", file);
    return {};
}

struct NewFile {
    int descriptor = -1;
    std::filesystem::path path;
};

// A name beside the file that nothing has yet. Made like any other file of this user, or like the one it replaces.
Result<NewFile> make_beside(const std::filesystem::path& file) {
    constexpr int attempts = 100;  // a program that was killed may have left some behind
    const std::filesystem::path folder = file.parent_path();
    for (int i = 0; i < attempts; ++i) {
        const auto path = folder / fmt::format(".{}.{}-{}.new", file.filename().string(), ::getpid(), i);
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor < 0) return system_failure(errno, "make a new file beside", file);
        struct stat old = {};
        if (::stat(file.c_str(), &old) == 0 && S_ISREG(old.st_mode)) ::fchmod(descriptor, old.st_mode & 0777U);
        return NewFile{descriptor, path};
    }
    return system_failure(EEXIST, "make a new file beside", file);
}

}  // namespace

Result<void> replace_file(const std::filesystem::path& file, std::span<const std::byte> content,
                          const FileCheck& check) {
    const auto made = make_beside(file);
    if (!made) return tl::unexpected(made.error());
    const std::filesystem::path& temporary = made->path;
    Descriptor descriptor(made->descriptor);
    Remover remover(temporary);
    if (auto written = write_all(descriptor.get(), content, file); !written) return written;
    if (::fsync(descriptor.get()) != 0 || descriptor.close() != 0) return system_failure(errno, "finish", file);
    if (auto same = compare(temporary, content, file); !same) return same;
    if (auto fine = check(temporary); !fine) return fine;
    if (::rename(temporary.c_str(), file.c_str()) != 0) return system_failure(errno, "replace", file);
    remover.keep();
    return sync_folder(file.has_parent_path() ? file.parent_path() : ".", file);
}

}  // namespace singel::spectra::io
