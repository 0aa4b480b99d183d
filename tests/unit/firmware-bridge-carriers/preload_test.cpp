#include "firmware-bridge/carriers/preload.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace singel::firmware_bridge::carriers {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::Not;

TEST(PreloadList, PutsTheSanitizerFirstAndKeepsWhatWasThere) {
    EXPECT_EQ(preload_list("", ""), "libumockdev-preload.so.0");
    EXPECT_EQ(preload_list("", "libasan.so.8"), "libasan.so.8:libumockdev-preload.so.0");
    EXPECT_EQ(preload_list("libfoo.so /lib/bar.so", "libtsan.so.2"),
              "libtsan.so.2:libumockdev-preload.so.0:libfoo.so:/lib/bar.so");
}

TEST(PreloadList, ReplacesWhatAnEarlierProgramNeeded) {
    EXPECT_EQ(preload_list("libasan.so.8:/usr/lib/libumockdev-preload.so.0:libfoo.so", ""),
              "libumockdev-preload.so.0:libfoo.so");
}

TEST(PreloadEnvironment, LetsAsanAcceptALibraryBeforeIt) {
    const Environment plain = preloaded({"A=1", "LD_PRELOAD=libfoo.so"}, "");
    EXPECT_THAT(plain, Contains("A=1"));
    EXPECT_THAT(plain, Contains("LD_PRELOAD=libumockdev-preload.so.0:libfoo.so"));
    EXPECT_THAT(plain, Not(Contains("LD_PRELOAD=libfoo.so")));
    EXPECT_THAT(plain, Contains("ASAN_OPTIONS=verify_asan_link_order=0"));
    const Environment with_options = preloaded({"ASAN_OPTIONS=detect_leaks=0"}, "");
    EXPECT_THAT(with_options, Contains("ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0"));
    const Environment decided = preloaded({"ASAN_OPTIONS=verify_asan_link_order=1"}, "");
    EXPECT_THAT(decided, Contains("ASAN_OPTIONS=verify_asan_link_order=1"));
}

TEST(PreloadEnvironment, SetsAVariableOnce) {
    Environment environment{"AB=1", "A=2", "A=3"};
    set_variable(environment, "A", "4");
    EXPECT_THAT(environment, testing::ElementsAre("AB=1", "A=4"));
}

TEST(FindProgram, LooksAlongThePath) {
    EXPECT_EQ(find_program("sh", "/nowhere:/bin"), fs::path("/bin/sh"));
    EXPECT_EQ(find_program("sh", "/nowhere"), std::nullopt);
    EXPECT_EQ(find_program("/bin/sh", ""), fs::path("/bin/sh"));
    EXPECT_EQ(find_program("/bin", ""), std::nullopt) << "a folder is no program";
    EXPECT_EQ(find_program("", "/bin"), std::nullopt);
}

TEST(SanitizerRuntime, IsReadFromTheProgramItself) {
#if defined(__SANITIZE_ADDRESS__)
    EXPECT_THAT(sanitizer_runtime("/proc/self/exe"), testing::StartsWith("libasan.so"));
#elif defined(__SANITIZE_THREAD__)
    EXPECT_THAT(sanitizer_runtime("/proc/self/exe"), testing::StartsWith("libtsan.so"));
#else
    EXPECT_EQ(sanitizer_runtime("/proc/self/exe"), "");
#endif
    EXPECT_EQ(sanitizer_runtime("/bin/sh"), "");
}

TEST(SanitizerRuntime, IsNoneForOtherFiles) {
    EXPECT_EQ(sanitizer_runtime("/nowhere/at/all"), "");
    const fs::path script = fs::temp_directory_path() / ("singel-preload-test-" + std::to_string(getpid()));
    std::ofstream(script) << "#!/bin/sh\nlibasan.so.8\n";
    EXPECT_EQ(sanitizer_runtime(script), "");
    // A file that ends within its header, and one whose tables point beyond its end.
    std::ofstream(script, std::ios::binary) << "\x7f"
                                               "ELF\x02\x01\x01";
    EXPECT_EQ(sanitizer_runtime(script), "");
    std::ofstream(script, std::ios::binary) << "\x7f"
                                               "ELF\x02"
                                            << std::string(123, '\xff');
    EXPECT_EQ(sanitizer_runtime(script), "");
    fs::remove(script);
}

}  // namespace
}  // namespace singel::firmware_bridge::carriers
